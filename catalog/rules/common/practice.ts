import { edgeParamsSchema } from '../../../shared/contracts/edge-params.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { describeParams, type ParamField } from '../../../shared/contracts/params.ts';
import type { Facts, RuleQuestion } from '../../../shared/contracts/rule.ts';
import { keptBy, oncePer } from '../../../shared/lib/once-per.ts';

/** What a drawing says about a practice (semantics 1.3). */
export type PracticeState = 'yes' | 'no' | 'unset';

type ParamsOf = { readonly values: unknown; readonly stated: (key: string) => boolean };

/** The values that say no: off, none, or a group that is switched off. */
function saysNo(value: unknown): boolean {
  return value === false || value === 'none' || value === 'big_bang' || (typeof value === 'object' && value !== null && 'enabled' in value && value.enabled === false);
}

/** Yes, no or unset. `no` decides for values other than switches, groups and `none` (for a canary: 1 is no). */
export function stateOf(params: ParamsOf, key: string, no: (value: unknown) => boolean = saysNo): PracticeState {
  if (!params.stated(key)) return 'unset';
  return no((params.values as Readonly<Record<string, unknown>>)[key]) ? 'no' : 'yes';
}

const edgeFields: ReadonlyMap<string, ParamField> = new Map(describeParams(edgeParamsSchema).map((field) => [field.key, field]));

type Wording = Partial<Pick<RuleQuestion, 'text' | 'yes' | 'no'>>;

const AS_DECLARED: Wording = {};
const GROUP: Required<Pick<RuleQuestion, 'yes' | 'no'>> = { yes: {}, no: { enabled: false } };

function worded(field: ParamField, { text = field.question, yes, no }: Wording): RuleQuestion {
  if (text === undefined) throw new Error(`No question is declared for ${field.key}`);
  const usual = field.kind === 'group' ? GROUP : AS_DECLARED;
  return { param: field.key, text, yes: yes ?? usual.yes, no: no ?? usual.no };
}

const declared = new WeakMap<ParamField, RuleQuestion>();

/** A question as it is declared is the same for every element, and is kept with the catalogue's field. */
function questionOf(field: ParamField | undefined, key: string, override: Wording): RuleQuestion {
  if (field === undefined) throw new Error(`No question is declared for ${key}`);
  if (override !== AS_DECLARED) return worded(field, override);
  const known = declared.get(field);
  if (known !== undefined) return known;
  const made = worded(field, AS_DECLARED);
  declared.set(field, made);
  return made;
}

/**
 * The question about an unset practice of a component, worded as its parameter declares, for a report that is about this
 * component first. For a choice or a number give the values that yes and no set. Throws when the component has no such
 * question: a catalogue defect.
 */
export function askNode(facts: Facts, view: NodeView, key: string, override: Wording = AS_DECLARED): RuleQuestion {
  return questionOf(fieldsOf(facts, view.node.type).get(key), key, override);
}

/** The question about an unset practice of a connection, for a report that is about a connection first. */
export function askEdge(key: string, override: Wording = AS_DECLARED): RuleQuestion {
  return questionOf(edgeFields.get(key), key, override);
}

/**
 * Whether anything about a component's load is the author's own: the rate (stated, drawn as a journey, raised on the
 * dial), or a parameter of the component. Where nothing is, being overloaded is true of defaults only, and no finding.
 */
export function loadIsStated(facts: Facts, view: NodeView): boolean {
  return facts.evaluation.multiple !== 1 || rateIsStated(facts) || statesAnything(view);
}

function statesAnything({ node, params }: NodeView): boolean {
  return Object.keys(node.params).some((key) => params.stated(key));
}

/** The rate of the drawing is stated, or something about where it comes from. */
const rateIsStated = keptBy(
  ({ graph: { design, journeys, nodes } }: Facts) => design.workload.peak_rps !== undefined || journeys.some(({ derived }) => !derived) || nodes.some((source) => source.behavior.routing === 'source' && statesAnything(source)),
  (facts) => facts.graph,
);

const NONE: ReadonlyMap<string, ParamField> = new Map();
const fieldsByKey = oncePer((fields: readonly ParamField[]): ReadonlyMap<string, ParamField> => new Map(fields.map((field) => [field.key, field])));

/** The parameters of a component type, also under another spelling of it. */
function fieldsOf(facts: Facts, type: string): ReadonlyMap<string, ParamField> {
  const direct = facts.components.get(type) ?? facts.components.get(type.replaceAll('_', '-'));
  const fields = (direct ?? [...facts.components.values()].find(({ aliases }) => aliases?.includes(type)))?.fields;
  return fields === undefined ? NONE : fieldsByKey(fields);
}
