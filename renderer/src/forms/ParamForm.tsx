import { type ReactElement } from 'react';
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

/** A structured value: on or off, and its members while it is on. */
function GroupRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field, bag } = entry;
  const stored = bag.stored(field.key);
  const on = stored !== undefined && stored !== null && stored !== MIXED;
  const members = memberBag(bag, field);
  const reset = (): void => bag.change(field, () => undefined);
  return (
    <>
      <Row label={field.label} hint={field.help} tag={<OriginTag field={field} stored={stored ?? undefined} onReset={reset} />}>
        <SegmentedControl
          className={classes(styles.segments, (stored === undefined || stored === null) && styles.assumed)}
          label={field.label}
          value={stored === MIXED ? 'mixed' : on ? 'on' : 'off'}
          options={[{ value: 'on', label: 'On' }, { value: 'off', label: 'Off' }]}
          onChange={(next) => bag.change(field, () => (next === 'on' ? {} : undefined))}
        />
      </Row>
      {on && (
        <div className={styles.members} role="group" aria-label={field.label}>
          {(field.members ?? []).map((member) => (
            <ParamRow key={member.key} entry={{ field: member, bag: members, section: entry.section }} />
          ))}
        </div>
      )}
    </>
  );
}

/** One row, by the kind of its field. */
export function ParamRow({ entry }: { readonly entry: Entry }): ReactElement {
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

/** A form generated from its entries: headings in their order, one row each, and what is assumed. */
export function ParamForm({ id, entries }: { readonly id: string; readonly entries: readonly Entry[] }): ReactElement {
  const { closed, toggle, assumedOnly } = useInspectorView();
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
