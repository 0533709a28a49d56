import type { Evaluation, Finding } from '../../../../shared/contracts/evaluation.ts';
import type { AcceptedRisk, Design } from '../../../../shared/model/design.ts';
import { ruleOf } from '../../evaluation/finding-text.ts';

type Target = Finding['targets'][number];

/** An accepted risk that stands for nothing that is found now. */
export interface IdleRisk {
  readonly risk: AcceptedRisk;
  /** What was accepted, as far as it can still be said. */
  readonly title: string;
  readonly reason: string;
  /** Nothing brings it back: it may go. Else it may be found again, at another load or once its check runs. */
  readonly unneeded: boolean;
}

const KINDS: ReadonlySet<string> = new Set(['node', 'edge', 'journey', 'boundary', 'entity'] satisfies readonly Target['kind'][]);

/** The rule and targets that the key of a finding names: `["rule","message","node:a"]`. Null for what is no such key. */
function readKey(key: string): { readonly rule: string; readonly targets: readonly Target[] } | null {
  let parts: unknown;
  try {
    parts = JSON.parse(key);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return null;
  const [rule, , ...names] = parts as readonly string[];
  if (rule === undefined) return null;
  const targets = names.flatMap((name) => {
    const at = name.indexOf(':');
    const kind = name.slice(0, at);
    return KINDS.has(kind) ? [{ kind: kind as Target['kind'], id: name.slice(at + 1) }] : [];
  });
  return { rule, targets };
}

function exists(design: Design, evaluations: readonly Evaluation[], { kind, id }: Target): boolean {
  const bag: object = { node: design.nodes, edge: design.edges, journey: design.journeys, boundary: design.boundaries, entity: design.entities }[kind];
  return Object.hasOwn(bag, id) || (kind === 'journey' && evaluations.some(({ journeys }) => Object.hasOwn(journeys, id)));
}

function idle(risk: AcceptedRisk, design: Design, evaluations: readonly Evaluation[], nameOf: (target: Target) => string): IdleRisk {
  const key = readKey(risk.key);
  const rule = key === null ? undefined : ruleOf(key.rule);
  if (key === null || rule === undefined) return { risk, title: 'A finding of a rule that is no longer there', reason: 'Its rule is not among those that run here.', unneeded: true };
  const there = key.targets.filter((target) => exists(design, evaluations, target));
  const title = [rule.meta.failureTitle, there.map(nameOf).join(', ')].filter((words) => words !== '').join(': ');
  if (there.length < key.targets.length) return { risk, title, reason: 'What it was about is no longer in the drawing.', unneeded: true };
  if (evaluations.some(({ rule_failures: failures }) => failures.some((failure) => failure.rule === rule.id))) return { risk, title, reason: 'Its check could not run.', unneeded: false };
  if (rule.meta.kind === 'metric') return { risk, title, reason: 'Not found at this load; another load may bring it back.', unneeded: false };
  return { risk, title, reason: 'It is no longer found.', unneeded: true };
}

/** The accepted risks of which nothing is found, neither at this load nor at 1x; those that may go first. */
export function idleRisks(design: Design, evaluations: readonly Evaluation[], nameOf: (target: Target) => string): readonly IdleRisk[] {
  if (evaluations.length === 0) return [];
  const found = new Set(evaluations.flatMap(({ findings }) => findings.map(({ key }) => key)));
  return Object.values(design.acceptedRisks)
    .filter(({ key }) => !found.has(key))
    .map((risk) => idle(risk, design, evaluations, nameOf))
    .sort((a, b) => Number(b.unneeded) - Number(a.unneeded));
}
