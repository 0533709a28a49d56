import { useMemo, useState, type ReactElement } from 'react';
import type { Design, Journey } from '../../../../shared/model/design.ts';
import { pathFacts, pathOf } from '../../document/journey-path.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { ParamRow } from '../../forms/ParamForm.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Group } from '../../ui/Group.tsx';
import styles from './JourneysPanel.module.css';
import { workGroups } from './work-entries.ts';

/** What one request of a journey asks of the parts of its way, where that is not what they take by themselves. */
export function WorkView({ design, journey }: { readonly design: Design; readonly journey: Journey | undefined }): ReactElement {
  const evaluation = useEvaluation((state) => state.base);
  // those that somebody has opened or closed; else what states something is open
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const groups = useMemo(() => {
    if (!journey) return [];
    const facts = pathFacts(evaluation, journey.id);
    return workGroups(design, journey, pathOf(design, journey, facts), facts);
  }, [design, journey, evaluation]);
  if (!journey) return <EmptyState title="The parts’ own figures.">A derived journey asks of each part what that part takes by itself.</EmptyState>;
  if (groups.length === 0) return <EmptyState title="No work yet.">Nothing on the way of this journey has figures of its own.</EmptyState>;
  const isOpen = (id: string, stated: number): boolean => chosen.get(id) ?? stated > 0;
  return (
    <>
      {groups.map(({ id, title, entries, stated }) => (
        <Group key={id} title={title} open={isOpen(id, stated)} onToggle={() => setChosen(new Map([...chosen, [id, !isOpen(id, stated)]]))} count={stated > 0 ? `${stated} stated` : undefined}>
          <div className={styles.form}>{entries.map((entry) => <ParamRow key={entry.field.key} entry={entry} />)}</div>
        </Group>
      ))}
    </>
  );
}
