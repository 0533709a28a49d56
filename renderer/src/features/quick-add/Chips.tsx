import type { ReactElement } from 'react';
import type { Design } from '../../../../shared/model/design.ts';
import { endName } from '../../document/typed-path/connections.ts';
import { cacheWords, countWords, joinWords, journeyWords, problemsOf, typeWords, unknownWords } from '../../document/typed-path/describe.ts';
import type { LoadLine } from '../../document/typed-path/load-line.ts';
import type { Plan, PlannedItem } from '../../document/typed-path/plan.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import styles from './QuickAdd.module.css';

interface ChipProps {
  readonly plan: Plan;
  readonly design: Design;
  readonly index: number;
  readonly item: PlannedItem;
}

/** What one word becomes: its glyph, name and type, whether it exists, and how it hangs on what is before it. */
function Chip({ plan, design, index, item }: ChipProps): ReactElement {
  const icon = item.becomes?.component.icon ?? item.part?.component.icon;
  const details = [typeWords(item), countWords(item)].filter((words) => words !== '');
  return (
    <li className={styles.chip} data-existing={item.existing !== null || undefined} data-problem={problemsOf(plan, index).length > 0 || undefined}>
      {icon !== undefined && <Glyph path={icon} size={16} className={styles.glyph} />}
      <span className={styles.name}>{item.name}</span>
      {item.existing !== null && <span className={styles.existing}>existing</span>}
      {details.length > 0 && <span className={styles.detail}>{details.join(', ')}</span>}
      {joinWords(plan, design, index).map((words) => <span key={words} className={styles.detail}>{words}</span>)}
    </li>
  );
}

function Facts({ plan }: { readonly plan: Plan }): ReactElement | null {
  const unknown = plan.items.filter((item) => item.unknown);
  const problems = plan.items.flatMap((_item, index) => problemsOf(plan, index));
  const journey = plan.journey?.refused ?? null;
  if (plan.caches.length === 0 && unknown.length === 0 && problems.length === 0 && journey === null) return null;
  return (
    <div className={styles.facts}>
      {plan.caches.map((cache) => <p key={cache.cache}>{`${cacheWords(cache)}.${cache.own ? ' Down on the cache offers to call both each time.' : ''}`}</p>)}
      {unknown.map((item) => <p key={item.name}>{unknownWords(item)}</p>)}
      {[...new Set([...problems, ...(journey === null ? [] : [journey])])].map((problem) => (
        <p key={problem} className={styles.problem}>
          <Glyph path={GLYPHS.warning} size={14} />
          {problem}
        </p>
      ))}
    </div>
  );
}

/** Live chips: what each word of the line becomes. */
export function Chips({ plan, design, load }: { readonly plan: Plan; readonly design: Design; readonly load: LoadLine | null }): ReactElement | null {
  if (load) return <p className={styles.facts} data-problem={load.apply === null || undefined}>{load.words}</p>;
  const journey = plan.journey && plan.journey.refused === null ? journeyWords(plan) : null;
  return (
    <>
      {(plan.start !== null || journey !== null || plan.items.length > 0) && (
        <ul className={styles.chips} aria-label="What the line becomes">
          {journey !== null && <li className={styles.lead}>{journey}</li>}
          {plan.start !== null && <li className={styles.lead}>{`from ${endName(plan, design, 'start')}`}</li>}
          {plan.items.map((item, index) => (item.same === null ? <Chip key={index} plan={plan} design={design} index={index} item={item} /> : null))}
        </ul>
      )}
      <Facts plan={plan} />
    </>
  );
}
