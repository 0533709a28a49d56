import type { ReactElement } from 'react';
import type { Design, Entity, Journey } from '../../../../shared/model/design.ts';
import { setReadRequirement, setUse } from '../../document/edits/journeys.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import styles from './JourneysPanel.module.css';
import { REQUIREMENTS, requirementText } from './requirements.ts';

interface UseProps { readonly design: Design; readonly journey: Journey; readonly entity: Entity }

function UseSwitch({ journey, entity, use }: UseProps & { readonly use: 'reads' | 'writes' }): ReactElement {
  const on = (journey[use] ?? []).some((each) => each.entity === entity.id);
  const set = (next: boolean): void => void useWorkspace.getState().commit(`Change what ${journey.name} ${use}`, (draft) => setUse(draft, journey.id, use, entity.id, next));
  return <Switch label={`${journey.name} ${use} ${entity.name}`} checked={on} onChange={set} />;
}

function Requirement({ journey, entity }: UseProps): ReactElement | null {
  const read = journey.reads?.find((each) => each.entity === entity.id);
  if (!read) return null;
  const own = REQUIREMENTS.find((value) => value === read.requirement) ?? 'entity';
  const options = [{ value: 'entity' as const, label: `As its data: ${requirementText(entity.requirement).toLowerCase()}` }, ...REQUIREMENTS.map((value) => ({ value, label: requirementText(value) }))];
  const set = (next: (typeof options)[number]['value']): void => void useWorkspace.getState().commit(`Change what ${journey.name} needs of ${entity.name}`, (draft) => setReadRequirement(draft, journey.id, entity.id, next === 'entity' ? undefined : next));
  return <Select label={`Consistency of reads, ${entity.name}`} labelHidden value={own} options={options} onChange={set} />;
}

/** Which data a journey reads and writes, and what its reads must be able to rely on. */
export function JourneyData({ design, journey }: { readonly design: Design; readonly journey: Journey | undefined }): ReactElement {
  const entities = Object.values(design.entities);
  if (!journey || entities.length === 0) return <EmptyState title="No data named.">{journey ? 'Name what is stored under Data; then say here what this journey reads and writes.' : 'A derived journey counts as reading and writing what its stores hold.'}</EmptyState>;
  return (
    <table className={styles.path} aria-label="Data of the journey">
      <thead><tr><th scope="col">Data</th><th scope="col">Home</th><th scope="col">Reads</th><th scope="col">Writes</th><th scope="col">Reads must be</th></tr></thead>
      <tbody>
        {entities.map((entity) => (
          <tr key={entity.id}>
            <th scope="row" className={styles.connection}><span className="truncate">{entity.name}</span></th>
            <td>{design.nodes[entity.home]?.name ?? 'a removed part'}</td>
            <td><UseSwitch design={design} journey={journey} entity={entity} use="reads" /></td>
            <td><UseSwitch design={design} journey={journey} entity={entity} use="writes" /></td>
            <td><Requirement design={design} journey={journey} entity={entity} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
