import { describeParams, type ParamField } from '../../../../shared/contracts/params.ts';
import { formatDelta, formatMonthly, formatMs, formatNumber, formatUtilisation } from '../../../../shared/lib/format.ts';
import type { Design, ParamValue } from '../../../../shared/model/design.ts';
import { isRange, likely } from '../../../../shared/model/quantity.ts';
import { sameValue, type ChangeKind } from '../../evaluation/preview-changes.ts';
import type { Preview } from '../../evaluation/preview-store.ts';
import { componentOf } from '../component-facts.ts';

/** Changed fields that a caption names. */
const NAMED = 2;
/** Dollars a month below which a change of price is not worth a word. */
const WORTH_USD = 0.5;

function written(field: ParamField | undefined, value: ParamValue | undefined): string {
  const now = value ?? (field?.default as ParamValue | undefined);
  if (now === undefined || now === null) return 'none';
  if (typeof now === 'boolean') return now ? 'yes' : 'no';
  if (typeof now === 'string') return field?.options?.[now] ?? now.replaceAll('_', ' ');
  const figure = typeof now === 'number' ? now : isRange(now) ? likely(now) : null;
  if (figure === null) return Array.isArray(now) ? now.map((item) => String(item).replaceAll('_', ' ')).join(', ') : 'set';
  if (field?.unit === 'ms') return formatMs(figure);
  if (field?.unit === 's') return formatMs(figure * 1000);
  return field?.unit === 'ratio' ? formatUtilisation(figure) : formatNumber(figure);
}

/** The fields of a component that differ: "standby multi az, replicas 0 to 1". */
function fieldWords(before: Design, after: Design, id: string): readonly string[] {
  const [then, now] = [before.nodes[id], after.nodes[id]];
  if (!then || !now) return [];
  if (then.type !== now.type) return [`${(componentOf(now.type)?.title ?? 'another type').toLowerCase()} now`];
  const schema = componentOf(now.type)?.params;
  const fields = new Map(schema ? describeParams(schema).map((field) => [field.key, field]) : []);
  const keys = [...new Set([...Object.keys(then.params), ...Object.keys(now.params)])].filter((key) => !sameValue(then.params[key], now.params[key]));
  const words = keys.map((key) => {
    const field = fields.get(key);
    const label = (field?.label ?? key.replaceAll('_', ' ')).toLowerCase();
    const [from, to] = [written(field, then.params[key]), written(field, now.params[key])];
    return from === to ? `${label} ${to}, now set` : `${label} ${from} to ${to}`;
  });
  if (!sameValue(then.zone_spread, now.zone_spread) && typeof now.zone_spread === 'number') words.push(`${now.zone_spread} ${now.zone_spread === 1 ? 'zone' : 'zones'}`);
  if (!sameValue(then.boundary, now.boundary)) words.push(now.boundary == null ? 'out of its boundary' : `into ${after.boundaries[now.boundary]?.name ?? 'a boundary'}`);
  return words.length > NAMED ? [...words.slice(0, NAMED), `${words.length - NAMED} more`] : words;
}

/** What stands beneath a component of a preview: what changes and what that costs, "replicas 0 to 1, +$74/month". */
export function ghostCaption(preview: Preview, before: Readonly<Record<string, { readonly cost_usd_month: number }>>, id: string, kind: ChangeKind): string {
  const cost = (preview.after.nodes[id]?.cost_usd_month ?? 0) - (before[id]?.cost_usd_month ?? 0);
  const price = Math.abs(cost) < WORTH_USD ? [] : [formatDelta(cost, formatMonthly)];
  if (kind === 'remove') return ['removed', ...price].join(', ');
  if (kind === 'change') return [...fieldWords(preview.of, preview.design, id), ...price].join(', ') || 'changed';
  const node = preview.design.nodes[id];
  const where = node?.boundary == null ? '' : ` in ${preview.design.boundaries[node.boundary]?.name ?? 'a boundary'}`;
  return [`${(node ? componentOf(node.type)?.title : undefined)?.toLowerCase() ?? 'part'}${where}`, ...price].join(', ');
}
