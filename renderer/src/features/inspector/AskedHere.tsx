import { useMemo, type ReactElement } from 'react';
import { formatMs, formatNumber } from '../../../../shared/lib/format.ts';
import type { Design } from '../../../../shared/model/design.ts';
import type { PointDemand } from '../../../../shared/model/point-journey.ts';
import { STAGE_PLACES } from '../../../../shared/model/stages.ts';
import { askedOf, type AskedWork } from '../../document/asked-work.ts';
import { useSession } from '../../document/session.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { Group } from '../../ui/Group.tsx';
import styles from './Inspector.module.css';

function words({ cpu_ms, read_cpu_ms, write_cpu_ms, io_ms, write_iops, queries }: PointDemand, { stage }: AskedWork): readonly string[] {
  const each = stage === 'read' ? ' a read' : stage === 'write' ? ' a write' : '';
  return [
    ...(cpu_ms === undefined ? [] : [`CPU ${formatMs(cpu_ms)}${each}`]), ...(read_cpu_ms === undefined ? [] : [`CPU ${formatMs(read_cpu_ms)} a read`]),
    ...(write_cpu_ms === undefined ? [] : [`CPU ${formatMs(write_cpu_ms)} a write`]), ...(io_ms === undefined ? [] : [`waits ${formatMs(io_ms)}`]),
    ...(write_iops === undefined ? [] : [`I/O ${formatNumber(write_iops)} a write`]), ...(queries === undefined ? [] : [`${formatNumber(queries)} queries a call`]),
  ];
}

/** Show a journey, where what it asks can be read and changed. */
function show(journey: string): void {
  useSession.getState().set({ selectedJourney: journey, bottomOpen: true, bottomTab: 'journeys' });
}

/** Which journeys bring figures of their own to a component: those count for them, and not the fields below. Nothing where none does. */
export function AskedHere({ design, id }: { readonly design: Design; readonly id: string }): ReactElement | null {
  const evaluation = useEvaluation((state) => state.base);
  const asked = useMemo(() => askedOf(design, evaluation, id), [design, evaluation, id]);
  if (asked.length === 0) return null;
  return (
    <Group title="Asked by journeys" count="in place of the fields below">
      <ul className={styles.asked}>
        {asked.map((work) => (
          <li key={`${work.journey} ${work.stage ?? ''}`}>
            <button type="button" className={styles.askedBy} onClick={() => show(work.journey)}>{work.name}</button>
            <span>{words(work.demand, work).join(', ')}</span>
            <span className={styles.origin}>{work.stage === null ? 'stated in the journey' : `given by the journey, ${STAGE_PLACES[work.stage]}`}</span>
          </li>
        ))}
      </ul>
    </Group>
  );
}
