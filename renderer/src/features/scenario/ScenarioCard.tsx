import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { atPhase, enterPhase, judgeTargets, phaseOf, scenarioTargets, switchesOf, type Scenario, type ScenarioPhase, type TargetResult } from '../../../../shared/contracts/scenario.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { uniqueName } from '../../../../shared/model/graph-queries.ts';
import { fileServices } from '../../document/commands/file-services.ts';
import { openScenario } from '../../document/commands/open-scenario.ts';
import { useSession } from '../../document/session.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { Select } from '../../ui/Select.tsx';
import { keepClocks } from './keep-clocks.ts';
import { noteSwitches } from './note-switches.ts';
import styles from './ScenarioCard.module.css';
import { scenarioOf } from './starting-design.ts';
import { missedText, rangedText, STATE_WORDS, summaryText, wantedText } from './target-text.ts';

const MARKS: Readonly<Record<TargetResult['state'], string>> = { met: GLYPHS.check, missed: GLYPHS.close, unknown: GLYPHS.minus, judge: GLYPHS.more };

/** A target with its verdict; `numbers` adds what the drawing reaches. */
function Judged({ result, numbers }: { readonly result: TargetResult; readonly numbers: boolean }): ReactElement {
  const ranges = useRangesAt(useEvaluation((state) => state.current?.multiple));
  const [reached, wanted] = [numbers ? rangedText(result, ranges) : '', wantedText(result)];
  return (
    <li className={styles.target} data-state={result.state}>
      <span className={styles.state}>
        <Glyph path={MARKS[result.state]} size={12} />
        {STATE_WORDS[result.state]}
      </span>
      <span className={styles.title}>{result.title}</span>
      <span className={styles.figures}>
        {result.state !== 'judge' && reached !== '' && <span>{wanted === '' ? reached : `${reached} /`}</span>} {wanted !== '' && <span>{wanted}</span>}
      </span>
    </li>
  );
}

/** Targets and which of them the drawing meets, at the dial's load. */
function Verdicts({ scenario, results, numbers }: { readonly scenario: Scenario; readonly results: readonly TargetResult[] | null; readonly numbers: boolean }): ReactElement {
  if (results !== null) return <ul className={styles.targets} aria-label="Targets">{results.map((result) => <Judged key={result.id} result={result} numbers={numbers} />)}</ul>;
  return (
    <ul className={styles.targets} aria-label="Targets">
      {scenarioTargets(scenario).map((target) => (
        <li key={target.id} className={styles.target}>
          <span className={styles.title}>{target.title}</span>
          <span className={styles.figures}>{wantedText(target)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The times of a scenario, of which one is judged: load, targets and budget follow it in one step. */
function Phases({ scenario, phase }: { readonly scenario: Scenario; readonly phase: ScenarioPhase }): ReactElement {
  const options = (scenario.phases ?? []).map(({ id, title }) => ({ value: id, label: title }));
  const choose = (id: string): void => {
    const next = scenario.phases?.find((other) => other.id === id);
    if (next !== undefined) useWorkspace.getState().commit(`Judge ${next.title.toLowerCase()}`, (draft) => enterPhase(draft, scenario, next));
  };
  return <div className={styles.phases}><Select label="Phase" value={phase.id} options={options} onChange={choose} /></div>;
}

const MODE_WORDS: Readonly<Record<string, string>> = { whiteboard: 'Whiteboard', evaluate: 'Evaluate', review: 'Review' };

/** Changes of the mode while the clock ran, as the document notes them. */
function Switches({ design }: { readonly design: Design }): ReactElement | null {
  const noted = switchesOf(design.settings);
  if (noted.length === 0) return null;
  return (
    <ul className={styles.switches} aria-label="Changes of the mode">
      {noted.map(({ minute, mode }, index) => <li key={index}>{`Minute ${minute}: ${MODE_WORDS[mode] ?? mode}`}</li>)}
    </ul>
  );
}

/** Opens the worked solution beside what is open. */
function showReference({ title, reference }: Scenario): void {
  const { documents, open } = useWorkspace.getState();
  const name = uniqueName(Object.values(documents).map((other) => other.title), `${title}, reference`);
  open({ id: fileServices().newId(), design: { ...reference.design, name }, title: name });
  useSession.getState().set({ mode: 'evaluate' });
}

function Card({ scenario: whole, design }: { readonly scenario: Scenario; readonly design: Design }): ReactElement {
  const [open, setOpen] = useState(true);
  const phase = phaseOf(whole, design.settings);
  const scenario = useMemo(() => atPhase(whole, phase), [whole, phase]);
  const evaluation = useEvaluation((state) => state.current);
  const numbers = useSession((state) => state.mode !== 'whiteboard');
  const results = useMemo(() => {
    const judged = evaluation ? judgeTargets(scenario, design, evaluation) : null;
    // an empty sheet misses nothing yet
    return judged?.some(({ state }) => state === 'met' || state === 'missed') === true || numbers ? judged : null;
  }, [numbers, evaluation, design, scenario]);
  const missed = (results ?? []).filter(({ state }) => state === 'missed');
  return (
    <section className={styles.card} aria-label="Scenario" data-canvas-card="">
      <h2 className={styles.heading}>
        <button type="button" className={styles.head} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Glyph path={open ? GLYPHS.chevronDown : GLYPHS.chevronRight} size={16} />
          <span className={styles.words}>
            <span className={styles.name}>{scenario.title}</span>
            <span className={styles.summary}>{results === null ? `${scenario.minutes} minutes` : summaryText(results)}</span>
            {missed.length > 0 && <span className={styles.missed}>{missedText(missed)}</span>}
          </span>
        </button>
      </h2>
      {open && (
        <div className={styles.body} tabIndex={0} role="region" aria-label="Targets of the scenario">
          {phase && <Phases scenario={whole} phase={phase} />}
          <Verdicts scenario={scenario} results={results} numbers={numbers} />
          <Switches design={design} />
        </div>
      )}
      {open && (
        <div className={styles.actions}>
          <Button variant="quiet" onClick={() => openScenario(scenario.id)}>Show the task</Button>
          <Button variant="quiet" onClick={() => showReference(scenario)}>Show the reference design</Button>
        </div>
      )}
    </section>
  );
}

/** Top left of the canvas while a scenario is drawn: its targets, which are met and missed, and in Evaluate by how much. */
export function ScenarioCard(): ReactElement | null {
  const design = useDesign((whole) => whole);
  const scenario = scenarioOf(design);
  useEffect(noteSwitches, []);
  useEffect(keepClocks, []);
  return scenario && design && <Card key={scenario.id} scenario={scenario} design={design} />;
}
