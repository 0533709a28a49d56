/** What a list of rules says by itself, whatever the drawing: found once for the list, and kept with it. */
import type { FactName, Facts, Rule } from '../../contracts/rule.ts';
import { oncePer } from '../../lib/once-per.ts';
import { openingsOf, type KeyOpenings } from './finding-key.ts';
import { readMessage, type Message } from './format-message.ts';

/** One thing that a rule says: how it is written, and how the keys of findings that say it begin. */
export interface Saying { readonly message: Message; readonly openings: KeyOpenings }

/** A rule with what it says, each thing read when it is first said. */
export class RuleEntry {
  readonly rule: Rule;
  /** Its place among the views of the facts. */
  readonly view: number;
  private readonly sayings = new Map<string, Saying>();
  private readonly asking = new Map<string, KeyOpenings>();

  constructor(rule: Rule, view: number) {
    this.rule = rule;
    this.view = view;
  }

  /** What the rule says with a message. Throws for one that it does not have: a defect of the rule. */
  saying(messageId: string): Saying {
    const known = this.sayings.get(messageId);
    if (known !== undefined) return known;
    const { id, messages } = this.rule;
    const text = Object.hasOwn(messages, messageId) ? messages[messageId] : undefined;
    if (text === undefined) throw new Error(`Unknown message: ${messageId}`);
    const made = { message: readMessage(text), openings: openingsOf(id, messageId) };
    this.sayings.set(messageId, made);
    return made;
  }

  /** How keys begin of cards that ask for a parameter. */
  openingsAsking(param: string): KeyOpenings {
    let known = this.asking.get(param);
    if (known === undefined) this.asking.set(param, (known = openingsOf(this.rule.id, `?${param}`)));
    return known;
  }
}

/** The rules of a list, and what they ask for: many ask for the same sections. `views`: the sections, one bit each, of each view of the facts. */
export interface Rulebook { readonly entries: readonly RuleEntry[]; readonly views: readonly number[] }

const BIT: Readonly<Record<FactName, number>> = {
  nodes: 1 << 0, edges: 1 << 1, journeys: 1 << 2, entities: 1 << 3, hazards: 1 << 4, headroom: 1 << 5, breaks: 1 << 6, blast: 1 << 7, cascades: 1 << 8, cuts: 1 << 9, cost: 1 << 10, burden: 1 << 11,
};

/** What a list of rules says by itself. */
export const rulebookOf = oncePer((rules: readonly Rule[]): Rulebook => {
  const masks = rules.map(({ requires }) => requires.reduce((mask, section) => mask | BIT[section], 0));
  const views = [...new Set(masks)];
  return { entries: rules.map((rule, i) => new RuleEntry(rule, views.indexOf(masks[i] as number))), views };
});

/** The facts with the sections of a view, and no other: always of one shape, which keeps reading them quick. */
export function viewOf(facts: Facts, view: number): Facts {
  const { graph, components, steps, evaluation: all } = facts;
  const { multiple, total_rps, assumptions, not_modelled } = all;
  const asked = {
    multiple, total_rps, assumptions, not_modelled,
    nodes: view & BIT.nodes ? all.nodes : undefined, edges: view & BIT.edges ? all.edges : undefined, journeys: view & BIT.journeys ? all.journeys : undefined,
    entities: view & BIT.entities ? all.entities : undefined, hazards: view & BIT.hazards ? all.hazards : undefined, headroom: view & BIT.headroom ? all.headroom : undefined,
    breaks: view & BIT.breaks ? all.breaks : undefined, blast: view & BIT.blast ? all.blast : undefined, cascades: view & BIT.cascades ? all.cascades : undefined,
    cuts: view & BIT.cuts ? all.cuts : undefined, cost: view & BIT.cost ? all.cost : undefined, burden: view & BIT.burden ? all.burden : undefined,
  };
  return { graph, components, steps, evaluation: asked as Facts['evaluation'] };
}
