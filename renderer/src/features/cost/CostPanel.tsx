import { useId, useMemo, type ReactElement } from 'react';
import type { Evaluation } from '../../../../shared/contracts/evaluation.ts';
import { costKey, type CostRanges, type Ends, type RangesResult } from '../../../../shared/contracts/uncertainty.ts';
import { endsText, RANGED, ranged } from '../../../../shared/drawing/range-figures.ts';
import { formatMoney, formatMonthly, formatNumber, formatUtilisation } from '../../../../shared/lib/format.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { resolvePart } from '../../document/parts.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { setDiscount, usePrices } from '../../evaluation/prices-store.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { LIST } from '../../evaluation/own-prices.ts';
import styles from './CostPanel.module.css';
import { componentsText, ownerName, quantityText, splitItems, type CostRow } from './cost-lines.ts';
import { PriceField } from './PriceField.tsx';
import { loadPrices, returnToList, savePrices } from './prices.ts';

/** A share of the total as a bar with its figure, from end to end where it is uncertain. */
function Share({ share, ends }: { readonly share: number; readonly ends: Ends | undefined }): ReactElement {
  const text = endsText(ends, RANGED.utilisation);
  return (
    <span className={styles.share}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
      </span>
      <span className={styles.percent} data-ranged={text !== null || undefined}>{text ?? formatUtilisation(share)}</span>
    </span>
  );
}

function columnsFor(design: Design, total: number, ranges: RangesResult | null): readonly Column<CostRow>[] {
  const isRanged = Object.keys(ranges?.cost_items ?? {}).length > 0;
  const of = (row: CostRow): CostRanges | undefined => ranges?.cost_items[costKey(row.item)];
  const name = (row: CostRow): string => ownerName(design, row.item);
  return [
    { id: 'component', title: 'Component', sort: (row) => name(row).toLowerCase(), cell: name },
    { id: 'line', title: 'Line', sort: (row) => row.item.label.toLowerCase(), cell: (row) => row.item.label },
    { id: 'kind', title: 'Kind', width: 60, sort: (row) => row.item.kind, cell: (row) => row.item.kind },
    { id: 'quantity', title: 'Quantity', numeric: true, width: 184, cell: (row) => quantityText(row.item, of(row)?.quantity) },
    { id: 'price', title: 'Price', numeric: true, width: 128, sort: (row) => (row.item.quantity > 0 ? row.item.usd_month / row.item.quantity : null), cell: (row) => <PriceField item={row.item} /> },
    { id: 'usd', title: '$/month', numeric: true, width: isRanged ? 116 : 80, sort: (row) => row.item.usd_month, cell: (row) => endsText(of(row)?.usd_month, RANGED.money) ?? formatMoney(row.item.usd_month) },
    { id: 'share', title: 'Share', width: isRanged ? 136 : 128, cell: (row) => <Share share={total > 0 ? row.item.usd_month / total : 0} ends={of(row)?.share} /> },
  ];
}

function select(row: CostRow): void {
  const { node, edge } = row.item;
  if (node !== null) useSession.getState().select({ node: [node] });
  else if (edge !== undefined) useSession.getState().select({ edge: [edge] });
}

function Lines({ label, rows, design, total }: { readonly label: string; readonly rows: readonly CostRow[]; readonly design: Design; readonly total: number }): ReactElement {
  const ranges = useRangesAt(useEvaluation((state) => (state.current ?? state.base)?.multiple));
  const columns = useMemo(() => columnsFor(design, total, ranges), [design, total, ranges]);
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      sorting={{ column: 'usd', descending: true }}
      minWidth={848}
      action={{ run: select, describe: (row) => `Selects ${ownerName(design, row.item)}` }}
    />
  );
}

/** Where the prices come from, in words. */
function BookWords({ book }: { readonly book: Evaluation['cost']['price_book'] }): ReactElement {
  const { prices, file, changed } = usePrices();
  if (prices === null) return <span className={styles.book}>{`Prices ${book.date}, ${book.region}, list`}</span>;
  const where = file === null ? 'not in a file yet' : changed ? `${file}, changed since` : file;
  return <Tooltip content={`What is not yours is the list of ${LIST.date}, ${LIST.region}.`} side="top"><span className={styles.book}>{`Your prices, ${where}`}</span></Tooltip>;
}

const menuItems = (): readonly MenuEntry[] => {
  const none = usePrices.getState().prices === null ? 'List prices count.' : null;
  return [
    { id: 'load', label: 'Load prices…', onSelect: () => void loadPrices() },
    { id: 'save', label: 'Save prices…', disabledReason: none, onSelect: () => void savePrices() },
    { kind: 'separator', id: 'line' },
    { id: 'list', label: 'Use list prices', disabledReason: none, onSelect: returnToList },
  ];
};

/** A share off the list price of everything that has no price of one's own. */
function Discount(): ReactElement {
  const share = usePrices(({ prices }) => prices?.discounts['*'] ?? 0);
  const commit = (text: string): string | null => {
    const percent = text.trim() === '' ? 0 : Number(text.replace('%', '').trim());
    if (!(percent >= 0 && percent <= 100)) return 'Type a share from 0 to 100 %.';
    setDiscount(percent / 100);
    return null;
  };
  const label = useId();
  return (
    <span className={styles.discount}>
      <span id={label}>Discount</span>
      <NumberField className={styles.discountField} label="Discount" labelledBy={label} text={String(Number((share * 100).toPrecision(4)))} unit="%" valueNow={share * 100} min={0} max={100} yours={share > 0} onCommit={commit} />
    </span>
  );
}

/** What running it asks of people, beside the dollars and never turned into them (evaluation 7.4). */
function People({ burden }: { readonly burden: Evaluation['burden'] }): ReactElement {
  return (
    <>
      <Tooltip content="Full-time equivalents that look after it: an opinion model, line by line under Cost in the scores." side="top"><span>Burden <b>{formatNumber(burden.index)} FTE</b></span></Tooltip>
      <Tooltip content="Failures a year that do not heal by themselves, bad deploys among them: an opinion model." side="top"><span>Pages <b>{formatNumber(burden.pages_year)} a year</b></span></Tooltip>
    </>
  );
}

/** Subtotals, where the prices come from, and what can be done about them. */
function Sums({ cost }: { readonly cost: Evaluation['cost'] }): ReactElement {
  const burden = useEvaluation((state) => (state.current ?? state.base)?.burden ?? null);
  const ranges = useRangesAt(useEvaluation((state) => (state.current ?? state.base)?.multiple));
  return (
    <div className={styles.sums}>
      <span>Fixed <b>{ranged(ranges?.fixed_usd_month, RANGED.monthly, formatMonthly(cost.fixed_usd_month))}</b></span>
      <span>Usage <b>{ranged(ranges?.usage_usd_month, RANGED.monthly, formatMonthly(cost.usage_usd_month))}</b></span>
      <span>Total <b>{ranged(ranges?.cost_usd_month, RANGED.monthly, formatMonthly(cost.usd_month))}</b></span>
      {burden && <People burden={burden} />}
      <span className={styles.controls}>
        <BookWords book={cost.price_book} />
        <Discount />
        <Menu label="Prices" align="end" side="top" trigger={<Button>Prices</Button>} items={menuItems} />
      </span>
    </div>
  );
}

function NothingPriced({ design }: { readonly design: Design }): ReactElement {
  const nodes = Object.values(design.nodes);
  const first = nodes.find((node) => resolvePart(node.type)?.component.fields.some(({ group }) => group === 'cost'));
  const action = first && <Button onClick={() => useSession.getState().select({ node: [first.id] })}>{`Show ${first.name}`}</Button>;
  return <EmptyState title="No priced parts." action={action}>{nodes.length === 0 ? 'What is drawn is priced here, line by line.' : `${componentsText(nodes.length)} no price key; set a price to include them.`}</EmptyState>;
}

/** What the drawing costs a month, line by line. A row selects its component. Parts that nothing reaches are priced apart. */
export function CostPanel(): ReactElement {
  const cost = useEvaluation((state) => (state.current ?? state.base)?.cost ?? null);
  const design = useDesign((current) => current);
  const ranges = useRangesAt(useEvaluation((state) => (state.current ?? state.base)?.multiple));
  const split = useMemo(() => splitItems(cost?.items ?? []), [cost]);
  if (cost === null) return <EmptyState title="No result yet.">The first evaluation of this drawing is under way.</EmptyState>;
  if (cost.items.length === 0) return <NothingPriced design={design} />;
  const { connected, apart } = split;
  return (
    <>
      <Sums cost={cost} />
      {connected.length > 0 && <Lines label="Cost" rows={connected} design={design} total={cost.usd_month} />}
      {cost.unpriced.length > 0 && <p className={styles.note}>{`Not in the total, because the price book has no such price key: ${cost.unpriced.join(', ')}.`}</p>}
      {apart.length > 0 && (
        <>
          <h3 className={styles.apart}>
            Not connected, not in the total: <b>{ranged(ranges?.not_connected_usd_month, RANGED.monthly, formatMonthly(cost.not_connected_usd_month))}</b>
          </h3>
          <Lines label="Cost of parts that are not connected" rows={apart} design={design} total={cost.not_connected_usd_month} />
        </>
      )}
    </>
  );
}
