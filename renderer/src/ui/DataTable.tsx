import { useMemo, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './DataTable.module.css';
import { designPx } from './interface-size.ts';

/** One column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Figures: right-aligned and in Mono. */
  readonly numeric?: boolean;
  /** px, or a share of the table; columns without a width share the rest. */
  readonly width?: number | `${number}%`;
  /** What the column sorts by; without it the header is no button. Null stands at the end in both directions. */
  readonly sort?: (row: Row) => number | string | null;
  readonly cell: (row: Row) => ReactNode;
}

/** Which column orders the rows, and how. */
export interface Sorting { readonly column: string; readonly descending: boolean }

interface DataTableProps<Row> {
  /** Accessible name. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What Enter or a click on a row does. The first cell becomes its button. */
  readonly action?: { readonly run: (row: Row) => void; readonly pressed?: (row: Row) => boolean; readonly describe?: (row: Row) => string };
  readonly sorting?: Sorting;
  /** px under which the table scrolls sideways instead of squeezing. */
  readonly minWidth: number;
}

/** Rows in the wanted order; rows that compare alike keep theirs. */
export function sortRows<Row>(rows: readonly Row[], by: (row: Row) => number | string | null, descending: boolean): readonly Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return x === y ? 0 : (x < y ? -1 : 1) * sign;
  });
}

function next(current: Sorting | null, column: Column<never>): Sorting {
  const first = column.numeric === true;
  return current?.column === column.id ? { column: column.id, descending: !current.descending } : { column: column.id, descending: first };
}

function HeadCell<Row>({ column, sorting, onSort }: { readonly column: Column<Row>; readonly sorting: Sorting | null; readonly onSort: () => void }): ReactElement {
  const active = sorting?.column === column.id;
  const order = active ? (sorting.descending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={column.sort === undefined ? undefined : order} data-numeric={column.numeric || undefined} style={column.width === undefined ? undefined : { width: typeof column.width === 'number' ? designPx(column.width) : column.width }}>
      {column.sort === undefined ? (
        <span>{column.title}</span>
      ) : (
        <button type="button" className={styles.sort} onClick={onSort}>
          <span>{column.title}</span>
          <svg style={{ width: designPx(7), height: designPx(6) }} viewBox="0 0 7 6" aria-hidden="true" data-order={order}>
            <path d={order === 'ascending' ? 'M3.5 .5l3.5 5h-7z' : 'M3.5 5.5l3.5-5h-7z'} />
          </svg>
        </button>
      )}
    </th>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-action]')];
  const at = buttons.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}

/** A table of rows 28 high with a sticky header, sort buttons and one action a row; arrows walk the actions. */
export function DataTable<Row>({ label, columns, rows, rowKey, action, sorting: initial, minWidth }: DataTableProps<Row>): ReactElement {
  const [sorting, setSorting] = useState<Sorting | null>(initial ?? null);
  const by = columns.find((column) => column.id === sorting?.column)?.sort;
  const ordered = useMemo(() => (by && sorting ? sortRows(rows, by, sorting.descending) : rows), [rows, by, sorting]);
  return (
    <table className={styles.table} aria-label={label} style={{ minWidth: designPx(minWidth) }}>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sorting={sorting} onSort={() => setSorting(next(sorting, column as unknown as Column<never>))} />
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={walk}>
        {ordered.map((row) => {
          const pressed = action?.pressed?.(row);
          return (
            <tr key={rowKey(row)} className={classes(action && styles.acting)} data-pressed={pressed || undefined} onClick={action && (() => action.run(row))}>
              {columns.map((column, index) => (
                <td key={column.id} data-numeric={column.numeric || undefined}>
                  {index === 0 && action ? (
                    <button type="button" className={styles.action} data-row-action aria-pressed={pressed} aria-description={action.describe?.(row)}>
                      {column.cell(row)}
                    </button>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
