import { useMemo, useState, type ReactElement } from 'react';
import type { JourneyResult } from '../../../../shared/contracts/evaluation.ts';
import type { Design, Journey } from '../../../../shared/model/design.ts';
import { removeJourney, setJourneyFields } from '../../document/edits/journeys.ts';
import { adoptDerived, derivedJourneys, possibleEntries, startPathEditing } from '../../document/path-actions.ts';
import { stopPathEditing, usePathEditing } from '../../document/path-editing.ts';
import { useSession } from '../../document/session.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { ParamRow } from '../../forms/ParamForm.tsx';
import { Button } from '../../ui/Button.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Row } from '../../ui/Row.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { CutSets } from './CutSets.tsx';
import { givenDemands } from './given-demands.ts';
import { derivedEntries, journeyEntries } from './journey-entries.ts';
import { JourneyData } from './JourneyData.tsx';
import styles from './JourneysPanel.module.css';
import { NameField } from './NameField.tsx';
import { PathTable } from './PathTable.tsx';
import { WorkView } from './WorkView.tsx';

const REMOVE = 'M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6';

type Part = 'settings' | 'path' | 'work' | 'data' | 'cuts';
const PARTS = [{ value: 'settings', label: 'Settings' }, { value: 'path', label: 'Path' }, { value: 'work', label: 'Work', hint: 'What one request asks of each part' }, { value: 'data', label: 'Data used' }, { value: 'cuts', label: 'Dies if', hint: 'What ends it when it is lost, alone or in pairs' }] as const;

const close = (): void => {
  stopPathEditing();
  useSession.getState().set({ selectedJourney: null });
};

function StartRow({ design, journey }: { readonly design: Design; readonly journey: Journey }): ReactElement {
  const options = possibleEntries(design).map(({ id, label }) => ({ value: id, label }));
  const known = options.some(({ value }) => value === journey.entry);
  const inside = known ? options : [...options, { value: journey.entry, label: design.nodes[journey.entry]?.name ?? 'Another start' }];
  return (
    <Row wide label="Starts with" hint="The connection of a client or scheduler that this journey begins with.">
      <Select label="Starts with" value={journey.entry} options={inside} labelHidden onChange={(entry) => useWorkspace.getState().commit(`Change the start of ${journey.name}`, (draft) => setJourneyFields(draft, journey.id, { entry, steps: undefined }))} />
    </Row>
  );
}

function Settings({ design, journey, result }: { readonly design: Design; readonly journey: Journey | undefined; readonly result: JourneyResult | undefined }): ReactElement {
  const entries = journey ? journeyEntries(design, journey.id) : result ? derivedEntries(design, result) : [];
  return (
    <div className={styles.form}>
      {entries.map((entry) => <ParamRow key={entry.field.key} entry={entry} />)}
      {journey && <StartRow design={design} journey={journey} />}
      {journey && givenDemands(journey).map((line) => <p key={line} className={styles.given}>{`${line}, given by the scenario`}</p>)}
    </div>
  );
}

/** Why a derived journey cannot be edited, and the way out. */
function Derived({ id, count }: { readonly id: string; readonly count: number }): ReactElement {
  return (
    <div className={styles.notice}>
      <p>{count > 1 ? `Derived from the drawing and made anew while it changes. Keeping it keeps all ${count}.` : 'Derived from the drawing and made anew while it changes.'}</p>
      <Button variant="primary" onClick={() => adoptDerived(id)}>Make it my own</Button>
    </div>
  );
}

function Actions({ id, journey, locked }: { readonly id: string; readonly journey: Journey | undefined; readonly locked: boolean }): ReactElement {
  const editing = usePathEditing((state) => state.journey === id);
  const remove = (): void => {
    close();
    if (journey) useWorkspace.getState().commit(`Remove ${journey.name}`, (draft) => removeJourney(draft, id));
    document.querySelector<HTMLElement>('[data-panel="journeys"] [data-row-action], [data-panel="journeys"] [role="radio"][aria-checked="true"]')?.focus();
  };
  return (
    <>
      {!locked && <Button aria-pressed={editing} onClick={() => (editing ? stopPathEditing() : startPathEditing(id))}>{editing ? 'Finish path' : 'Edit path'}</Button>}
      {journey && !locked && <IconButton label="Remove journey" icon={REMOVE} onClick={remove} />}
      <IconButton label="Close journey" icon={GLYPHS.close} onClick={close} />
    </>
  );
}

/** One journey: name, form, way and data. A derived one can be read, and kept. */
export function JourneyDetail({ id }: { readonly id: string }): ReactElement {
  const [part, setPart] = useState<Part>('settings');
  const design = useDesign((current) => current);
  const evaluation = useEvaluation((state) => state.base);
  const locked = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null))) !== null;
  const journey = design.journeys[id];
  const result = evaluation?.journeys[id];
  const fixed = journey === undefined || locked;
  const derived = useMemo(() => derivedJourneys(evaluation).length, [evaluation]);
  const rename = (name: string): void => void useWorkspace.getState().commit(`Rename ${journey?.name ?? ''}`, (draft) => setJourneyFields(draft, id, { name }));
  return (
    <section className={styles.detail} aria-label="Journey">
      <div className={styles.detailBar}>
        {journey && !locked ? <NameField className={styles.nameField} label="Name of the journey" name={journey.name} onRename={rename} /> : <h3 className={styles.title}>{journey?.name ?? result?.name}</h3>}
        <SegmentedControl<Part> label="Part of the journey" value={part} options={PARTS} onChange={setPart} />
        <Actions id={id} journey={journey} locked={locked} />
      </div>
      {!journey && !locked && <Derived id={id} count={derived} />}
      <div className={styles.fields} role="group" aria-label={PARTS.find(({ value }) => value === part)?.label} tabIndex={fixed && part !== 'cuts' ? 0 : undefined}>
        {part === 'cuts' && <CutSets journey={id} />}
        <fieldset className={styles.fieldset} disabled={fixed}>
          {part === 'settings' && <Settings design={design} journey={journey} result={result} />}
          {part === 'path' && <PathTable id={id} journey={journey} />}
          {part === 'work' && <WorkView key={id} design={design} journey={journey} />}
          {part === 'data' && <JourneyData design={design} journey={journey} />}
        </fieldset>
      </div>
    </section>
  );
}
