import { useEffect, type ReactElement } from 'react';
import type { ParamField } from '../../../shared/contracts/params.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { classes } from '../ui/classes.ts';
import { Group } from '../ui/Group.tsx';
import { Row } from '../ui/Row.tsx';
import { SegmentedControl } from '../ui/SegmentedControl.tsx';
import { memberBag, MIXED, type Entry } from './bags.ts';
import { ChoiceRow, FlagRow, ListRow, SubsetRow, TextRow } from './ChoiceRows.tsx';
import { SECTION_ORDER } from './entries.ts';
import styles from './Form.module.css';
import { NumberRow } from './NumberRow.tsx';
import { OriginTag } from './OriginTag.tsx';
import { isAssumed } from './provenance.ts';
import { useInspectorView } from './view-state.ts';

const ON_OFF = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;
const STATED = [
  { value: 'on', label: 'Yes' },
  { value: 'off', label: 'No' },
  { value: 'unset', label: 'Unset', hint: 'Not stated. Nothing is counted as yours until you say.' },
] as const;

type GroupState = 'on' | 'off' | 'unset' | 'mixed';

function groupState(field: ParamField, stored: unknown): GroupState {
  if (stored === MIXED) return 'mixed';
  if (typeof stored !== 'object' || stored === null) return field.practice === true ? 'unset' : 'off';
  return field.practice === true && 'enabled' in stored && stored.enabled === false ? 'off' : 'on';
}

/** What a group stores when it is switched: its members are kept while it is on, and a practice says its no. */
function groupValue(field: ParamField, next: string, stored: unknown): unknown {
  if (next === 'off' && field.practice === true) return { enabled: false };
  if (next !== 'on') return undefined;
  const before = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
  return Object.fromEntries(before.filter(([key]) => key !== 'enabled'));
}

/** A structured value: on or off (a practice: yes, no or not stated), and its members while it is on. */
function GroupRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field, bag } = entry;
  const stored = bag.stored(field.key) ?? undefined;
  const state = groupState(field, stored);
  const members = memberBag(bag, field);
  const shown = (field.members ?? []).filter((member) => member.hidden !== true && !(field.practice === true && member.key === 'enabled'));
  const reset = (): void => bag.change(field, () => undefined);
  return (
    <>
      <Row label={field.label} hint={field.question === undefined ? field.help : `${field.question} ${field.help}`} tag={<OriginTag field={field} stored={stored} onReset={reset} />}>
        <SegmentedControl
          className={classes(styles.segments, stored === undefined && styles.assumed)}
          label={field.label}
          value={state}
          options={field.practice === true ? STATED : ON_OFF}
          onChange={(next) => bag.change(field, (before) => groupValue(field, next, before))}
        />
      </Row>
      {state === 'on' && (
        <div className={styles.members} role="group" aria-label={field.label}>
          {shown.map((member) => (
            <ParamRow key={member.key} entry={{ field: member, bag: members, section: entry.section, mirror: entry.mirror, path: `${field.key}.${member.key}` }} />
          ))}
        </div>
      )}
    </>
  );
}

/** One row, by the kind of its field. Links find it by `data-param`. */
export function ParamRow({ entry }: { readonly entry: Entry }): ReactElement {
  return (
    <div data-param={entry.mirror === true ? undefined : (entry.path ?? entry.field.key)}>
      <Field entry={entry} />
    </div>
  );
}

function Field({ entry }: { readonly entry: Entry }): ReactElement {
  const { kind } = entry.field;
  switch (kind) {
    case 'number':
      return <NumberRow entry={entry} />;
    case 'flag':
      return <FlagRow entry={entry} />;
    case 'choice':
      return <ChoiceRow entry={entry} />;
    case 'subset':
      return <SubsetRow entry={entry} />;
    case 'text':
      return <TextRow entry={entry} />;
    case 'numbers':
      return <ListRow entry={entry} />;
    case 'group':
      return <GroupRow entry={entry} />;
    default:
      return assertNever(kind, 'kind of parameter');
  }
}

function isEntryAssumed({ field, bag }: Entry): boolean {
  return isAssumed(field, bag.stored(field.key));
}

/** How many of the values nobody has stated; a press shows only those. */
function AssumedFooter({ entries }: { readonly entries: readonly Entry[] }): ReactElement | null {
  const only = useInspectorView((state) => state.assumedOnly);
  const showAssumed = useInspectorView((state) => state.showAssumed);
  const counted = entries.filter(({ field }) => field.kind !== 'text');
  if (counted.length === 0) return null;
  const assumed = counted.filter(isEntryAssumed).length;
  return (
    <footer className={styles.footer}>
      <button type="button" className={styles.filter} aria-pressed={only} onClick={() => showAssumed(!only)}>
        {`${assumed} of ${counted.length} ${counted.length === 1 ? 'value is' : 'values are'} assumed`}
      </button>
      {only && <span>Only those are shown</span>}
    </footer>
  );
}

/** A link to a field opens its heading and shows what the filter hides. */
function useWanted(id: string, entries: readonly Entry[]): void {
  const wanted = useInspectorView((state) => state.wanted);
  useEffect(() => {
    const [key] = (wanted ?? '').split('.');
    const found = entries.find((entry) => entry.field.key === key);
    if (found) useInspectorView.getState().uncover(`${id}/${found.section}`);
  }, [wanted, id, entries]);
}

/** A form generated from its entries: headings in their order, one row each, and what is assumed. */
export function ParamForm({ id, entries }: { readonly id: string; readonly entries: readonly Entry[] }): ReactElement {
  const { closed, toggle, assumedOnly } = useInspectorView();
  useWanted(id, entries);
  const visible = assumedOnly ? entries.filter(isEntryAssumed) : entries;
  const sections = SECTION_ORDER.filter((section) => visible.some((entry) => entry.section === section));
  return (
    <>
      {sections.map((section) => {
        const heading = `${id}/${section}`;
        return (
          <Group key={section} title={section} open={!closed.has(heading)} onToggle={() => toggle(heading)}>
            {visible
              .filter((entry) => entry.section === section)
              .map((entry) => (
                <ParamRow key={`${id}/${entry.field.key}`} entry={entry} />
              ))}
          </Group>
        );
      })}
      {visible.length === 0 && entries.length > 0 && <p className={styles.message}>Every value is stated.</p>}
      <AssumedFooter entries={entries} />
    </>
  );
}
