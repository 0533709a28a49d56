import { useId, useRef, useState, type ReactElement } from 'react';
import { formatRange } from '../../../shared/lib/format.ts';
import type { ParamField } from '../../../shared/contracts/params.ts';
import { isOpenRange, isRange, type Range } from '../../../shared/model/quantity.ts';
import { useWorkspace } from '../document/workspace.ts';
import { Button } from '../ui/Button.tsx';
import { GLYPHS } from '../ui/glyphs.ts';
import { designPx } from '../ui/interface-size.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { Row, type ScrubPhase } from '../ui/Row.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { MIXED, type Entry } from './bags.ts';
import styles from './Form.module.css';
import { figureOf, measureOf, rangeAround, refusalOf, stepValue, typedChange } from './numbers.ts';
import { OriginTag } from './OriginTag.tsx';
import { effectiveReason, shownEffective } from './effective.ts';
import { isAssumed } from './provenance.ts';
import { ScrubCaption, useScrubCaption } from './ScrubCaption.tsx';
import { printValue, type Shown } from './units.ts';

/** Sideways px of a label drag for one key step. */
const PX_PER_STEP = 4;
const PLUS_MINUS = 'M10 3v8M6 7h8M6 16h8';

function shownOf(field: ParamField, stored: unknown): Shown & { readonly figure: number | null } {
  if (stored === MIXED) return { text: 'Mixed', unit: '', figure: null };
  const figure = figureOf(stored, field);
  return figure === null ? { text: '', unit: '', figure } : { ...printValue(figure, measureOf(field)), figure };
}

/** The field as steps and relative changes start from it: from what counts while nothing is stored. */
function basisOf({ field, effective }: Pick<Entry, 'field' | 'effective'>): ParamField {
  return typeof effective?.value === 'number' && typeof field.default !== 'number' ? { ...field, default: effective.value } : field;
}

/** Typing, stepping and scrubbing of one entry. Steps and scrubs of one visit are one undo step. */
function useNumberEdits({ bag, ...entry }: Entry, figure: number | null, follow: ReturnType<typeof useScrubCaption>['follow']) {
  const field = basisOf(entry);
  const scrubbed = useRef(0);
  const step = (steps: number): void => bag.change(field, (stored) => stepValue(stored, field, steps), 'merge');
  return {
    commit: (text: string): string | null => {
      const change = typedChange(text, { field, many: bag.count > 1, allowsRange: bag.allowsRange, shown: figure });
      if (!change.ok) return change.error;
      bag.change(field, change.value);
      return null;
    },
    step: (direction: 1 | -1, big: boolean): void => step(direction * (big ? 10 : 1)),
    settle: (): void => useWorkspace.getState().settle(),
    scrub: (dx: number, phase: ScrubPhase, fine: boolean, at: { readonly x: number; readonly y: number }): void => {
      if (phase === 'start') {
        useWorkspace.getState().settle();
        scrubbed.current = 0;
        follow(phase, at);
      }
      const steps = Math.trunc(dx / (fine ? PX_PER_STEP * 4 : PX_PER_STEP));
      if (phase !== 'cancel' && steps !== scrubbed.current) step(steps - scrubbed.current);
      scrubbed.current = steps;
      if (phase !== 'start') follow(phase, at);
    },
  };
}

const ENDS = [
  ['low', 'Low'],
  ['likely', 'Likely'],
  ['high', 'High'],
] as const;

/** Where low, likely and high stand: a strip of 64 x 12. */
function RangeStrip({ range }: { readonly range: Range }): ReactElement {
  const span = range.high - range.low;
  const at = span > 0 ? (range.likely - range.low) / span : 0.5;
  return (
    <svg className={styles.strip} style={{ width: designPx(64), height: designPx(12) }} viewBox="0 0 64 12" aria-hidden="true">
      <line x1={2} x2={62} y1={6} y2={6} />
      <line x1={2} x2={2} y1={3} y2={9} />
      <line x1={62} x2={62} y1={3} y2={9} />
      <rect x={1 + at * 60} y={2} width={2} height={8} />
    </svg>
  );
}

/** Low, likely and high as three fields. */
function RangeFields({ entry, range, onClose }: { readonly entry: Entry; readonly range: Range; readonly onClose: () => void }): ReactElement {
  const { field, bag } = entry;
  const commit = (end: 'low' | 'likely' | 'high', text: string): string | null => {
    const change = typedChange(text, { field, many: false, allowsRange: false, shown: range[end] });
    if (!change.ok) return change.error;
    const figure = change.value(range[end]);
    if (typeof figure !== 'number') return 'Type a number.';
    const next: Range = { ...range, [end]: figure, provenance: range.provenance === 'X' ? 'X' : 'U' };
    if (!(next.low <= next.likely && next.likely <= next.high)) return 'Low must be at most likely, and likely at most high.';
    const sentence = refusalOf(next, field);
    if (sentence !== null) return sentence;
    bag.change(field, () => next);
    return null;
  };
  const keepOne = (): void => {
    bag.change(field, () => range.likely);
    onClose();
  };
  return (
    <div className={styles.range} role="group" aria-label={`${field.label}, range`}>
      {ENDS.map(([end, label]) => {
        const shown = printValue(range[end], measureOf(field));
        return (
          <label key={end} className={styles.rangeEnd}>
            <span>{label}</span>
            <NumberField className={styles.rangeField} label={`${field.label}, ${label.toLowerCase()}`} text={`${shown.text}${shown.unit === '' ? '' : ` ${shown.unit}`}`} valueNow={range[end]} yours onCommit={(text) => commit(end, text)} />
          </label>
        );
      })}
      <RangeStrip range={range} />
      <Button variant="quiet" onClick={keepOne}>
        One value
      </Button>
    </div>
  );
}

function rangeCaption(range: Range, entry: Entry): string {
  const measure = measureOf(entry.field);
  const low = printValue(range.low, measure);
  const high = printValue(range.high, measure);
  if (low.unit === high.unit && /^[\d.]+$/.test(`${low.text}${high.text}`)) return formatRange(Number(low.text), Number(high.text), high.unit);
  return `${low.text} ${low.unit} to ${high.text} ${high.unit}`.replace(/ +/g, ' ').trim();
}

/** The field of one number; unset it shows what counts instead, with the reason on hover and focus. */
function Figure({ entry, shown, labelId, tagId, edits }: { readonly entry: Entry; readonly shown: ReturnType<typeof shownOf>; readonly labelId: string; readonly tagId: string; readonly edits: ReturnType<typeof useNumberEdits> }): ReactElement {
  const { field, bag, effective } = entry;
  const stored = bag.stored(field.key);
  const taken = shown.figure === null && stored !== MIXED ? effective : undefined;
  const ghost = taken && shownEffective(field, taken);
  return (
    <Tooltip content={taken && effectiveReason(field, taken)} side="left">
      <div>
        <NumberField
          label={field.label}
          labelledBy={labelId}
          describedBy={tagId}
          text={shown.text}
          unit={ghost?.unit ?? shown.unit}
          valueNow={shown.figure ?? (typeof taken?.value === 'number' ? taken.value : null)}
          min={field.min}
          max={field.max}
          placeholder={ghost?.text ?? (field.nullable === true ? 'unset' : undefined)}
          yours={stored !== undefined && !isAssumed(field, stored)}
          onCommit={edits.commit}
          onStep={edits.step}
        />
      </div>
    </Tooltip>
  );
}

/** A quantity: figure with its unit, scrubbed by its label, as one number or as a range. */
export function NumberRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field, bag } = entry;
  const labelId = useId();
  const tagId = useId();
  const [open, setOpen] = useState(false);
  const stored = bag.stored(field.key);
  const shown = shownOf(field, stored);
  const { scrubbing, follow } = useScrubCaption();
  const edits = useNumberEdits(entry, shown.figure, follow);
  const range = isOpenRange(stored) || (open && isRange(stored)) ? stored : null;
  const figure = stored === MIXED ? null : figureOf(stored, basisOf(entry));
  const reset = (): void => bag.change(field, () => undefined);
  const toggleRange = (): void => {
    if (range === null && figure !== null) bag.change(field, () => rangeAround(figure, field));
    setOpen(range === null || !open);
  };
  const actions = (
    <span className={styles.actions}>
      {bag.allowsRange && figure !== null && <IconButton label={range === null ? 'Enter a range' : open ? 'Hide the range' : 'Edit the range'} icon={PLUS_MINUS} size={14} onClick={toggleRange} />}
      {stored !== undefined && <IconButton label="Reset" icon={GLYPHS.reset} size={14} onClick={reset} />}
    </span>
  );
  return (
    <div onBlur={edits.settle}>
      <Row label={field.label} labelId={labelId} hint={field.help} onScrub={edits.scrub} trailing={actions} tag={<OriginTag id={tagId} field={field} stored={stored} effective={entry.effective} onReset={reset} />}>
        <Figure entry={entry} shown={shown} labelId={labelId} tagId={tagId} edits={edits} />
        {range !== null && <p className={styles.rangeCaption}>{rangeCaption(range, entry)}</p>}
      </Row>
      {scrubbing && <ScrubCaption />}
      {range !== null && open && <RangeFields entry={entry} range={range} onClose={() => setOpen(false)} />}
    </div>
  );
}
