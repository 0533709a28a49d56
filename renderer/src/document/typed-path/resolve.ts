import type { DesignNode, Params } from '../../../../shared/model/design.ts';
import { uniqueName } from '../edits/names.ts';
import { resolvePart, type Part } from '../parts.ts';
import type { TypedItem, TypedLine } from './parse.ts';
import type { DrawContext, PlannedItem } from './plan.ts';
import { meantBy, type Meant } from './reuse.ts';
import { hasUnits, paramsForUnits } from './units.ts';
import { findPart, forcedPart, nameFor, plainPart, sameWords } from './words.ts';

const NOTHING_MEANT: Meant = { reuse: null, others: [] };

/** Whether a component already is what a part says: its type, and each setting of the preset. */
function isPart(node: DesignNode, part: Part): boolean {
  if (resolvePart(node.type)?.component !== part.component) return false;
  return Object.entries(part.preset?.params ?? {}).every(([key, value]) => JSON.stringify(node.params[key]) === JSON.stringify(value));
}

interface Counts { readonly params: Params; readonly units: number | null; readonly zones: 1 | 2 | 3 | null; readonly remarks: readonly string[] }

/** What `x3` and `z2` set on a part, and why not. */
function countsOf(typed: TypedItem, part: Part | null, node: DesignNode | null): Counts {
  const remarks: string[] = [];
  let params: Params = {};
  let units: number | null = null;
  if (typed.units !== null && part) {
    const kept = part.preset?.params ?? {};
    const of = { component: part.component, params: { ...kept, ...node?.params }, managed: node?.managed ?? false };
    const found = paramsForUnits(of, typed.units, kept);
    if (found) [params, units] = [found, typed.units];
    else remarks.push(hasUnits(of, kept) ? `${part.title} cannot stand ${typed.units} times.` : `${part.title} has no number of instances to set.`);
  }
  const { zones } = typed;
  const valid = zones === 1 || zones === 2 || zones === 3 ? zones : null;
  if (zones !== null && valid === null) remarks.push('A part uses 1 to 3 zones.');
  return { params, units, zones: valid, remarks };
}

class Resolver {
  readonly items: PlannedItem[] = [];
  private readonly named = new Set<string>();

  constructor(private readonly context: DrawContext) {}

  private earlier(word: string): number | null {
    const index = this.items.findIndex((item) => item.same === null && (sameWords(item.typed.word === '' ? item.name : item.typed.word, word) || sameWords(item.name, word)));
    return index === -1 ? null : index;
  }

  private meant(typed: TypedItem, word: string, forced: Part | null): Meant {
    if (typed.fresh) return NOTHING_MEANT;
    const meant = meantBy(this.context.design, word, this.named);
    if (!meant.reuse || meant.reuse.byName) return meant;
    const node = this.context.design.nodes[meant.reuse.id];
    // a name in quotes is a whole one, and a forced type rules out what is something else
    const fits = !typed.quoted && (!forced || (node && isPart(node, forced)));
    return fits ? meant : { reuse: null, others: [meant.reuse.id] };
  }

  private reused(typed: TypedItem, node: DesignNode, forced: Part | null, meant: Meant, remarks: readonly string[]): PlannedItem {
    const becomes = forced && !isPart(node, forced) ? forced : null;
    const part = becomes ?? resolvePart(node.type) ?? null;
    const counts = countsOf(typed, part, becomes ? null : node);
    const same = this.items.findIndex((item) => item.existing === node.id);
    return {
      typed, existing: node.id, same: same === -1 ? null : same, name: node.name, part, becomes, units: counts.units, zones: counts.zones,
      params: { ...(becomes?.preset?.params ?? {}), ...counts.params }, unknown: false, others: meant.others, parts: [], remarks: [...remarks, ...counts.remarks],
    };
  }

  private added(typed: TypedItem, word: string, forced: Part | null, meant: Meant, remarks: readonly string[]): PlannedItem {
    const found = typed.quoted && !forced ? null : findPart(word);
    const part = forced ?? found?.part ?? plainPart();
    const unknown = !forced && !found;
    const wanted = unknown || typed.quoted ? word : nameFor(typed.word, part);
    const counts = countsOf(typed, part, null);
    return {
      typed, existing: null, same: null, name: uniqueName(this.context.design, wanted), part, becomes: null, units: counts.units, zones: counts.zones,
      params: { ...(part.preset?.params ?? {}), ...counts.params }, unknown, others: meant.others, parts: found && !forced ? found.others : [], remarks: [...remarks, ...counts.remarks],
    };
  }

  add(typed: TypedItem): void {
    const forced = typed.kind === null ? null : forcedPart(typed.kind);
    const remarks = typed.kind !== null && !forced ? [`No part called "${typed.kind}".`] : [];
    const word = typed.word === '' ? (forced?.title ?? typed.kind ?? '') : typed.word;
    const before = typed.fresh ? null : this.earlier(word);
    const first = before === null ? undefined : this.items[before];
    const meant = first ? NOTHING_MEANT : this.meant(typed, word, forced);
    const node = meant.reuse ? this.context.design.nodes[meant.reuse.id] : undefined;
    const item: PlannedItem = first
      ? { ...first, typed, same: before, params: {}, units: null, zones: null, becomes: null, remarks }
      : node
        ? this.reused(typed, node, forced, meant, remarks)
        : this.added(typed, word, forced, meant, remarks);
    if (item.existing !== null) this.named.add(item.existing);
    this.items.push(item);
  }
}

/** What each item of a line is: a component of the drawing, one named earlier in the line, or a new one. Total: every item is something. */
export function resolveItems(line: TypedLine, context: DrawContext): readonly PlannedItem[] {
  const resolver = new Resolver(context);
  for (const item of line.items) resolver.add(item);
  return resolver.items;
}
