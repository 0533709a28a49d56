import type { ReactElement } from 'react';
import { blastFigure, BOUNDARY_GLYPHS } from '../../../../shared/drawing/boundary-figures.ts';
import type { Boundary, Design } from '../../../../shared/model/design.ts';
import { runCommand } from '../../document/commands/index.ts';
import { componentsInside } from '../../document/edits/boundaries.ts';
import { contentsOf } from '../../document/edits/membership.ts';
import { kindProblem } from '../../document/edits/nesting.ts';
import { renameObject, setBoundaryKind } from '../../document/edits/set.ts';
import { useSession } from '../../document/session.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useRanges } from '../../evaluation/ranges-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Row } from '../../ui/Row.tsx';
import { Select } from '../../ui/Select.tsx';
import { Header, NameField } from './Headers.tsx';
import styles from './Inspector.module.css';

const KINDS = [
  { value: 'region', label: 'Region' },
  { value: 'zone', label: 'Zone' },
  { value: 'cluster', label: 'Cluster' },
  { value: 'group', label: 'Group' },
] as const satisfies readonly { readonly value: Boundary['kind']; readonly label: string }[];

function commit(name: string, recipe: (draft: Design) => void): void {
  useWorkspace.getState().commit(name, recipe);
}

const counted = (count: number, one: string, many: string): readonly string[] => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]);

/** "4 components, 2 boundaries": what stands inside, components at any depth. */
function contentWords(design: Design, id: string): string {
  const { boundary, note } = contentsOf(design, id);
  const parts = [...counted(componentsInside(design, id), 'component', 'components'), ...counted(boundary.length, 'boundary', 'boundaries'), ...counted(note.length, 'note', 'notes')];
  return parts.length === 0 ? 'Nothing yet' : parts.join(', ');
}

/** A line that is only read. */
function Fact({ label, hint, value }: { readonly label: string; readonly hint: string; readonly value: string }): ReactElement {
  return (
    <Row label={label} hint={hint}>
      <span className={styles.fact}>{value}</span>
    </Row>
  );
}

/** A boundary: name, kind, where it stands and what it holds. Kinds that cannot stand here say why. */
export function BoundaryForm({ design, boundary }: { readonly design: Design; readonly boundary: Boundary }): ReactElement {
  const { id, name, kind } = boundary;
  const plain = useSession((state) => state.mode === 'whiteboard');
  const ranges = useRanges((state) => state.result);
  const blast = useEvaluation((state) => blastFigure(state.current ?? state.base, ranges, id));
  const parent = boundary.parent == null ? undefined : design.boundaries[boundary.parent]?.name;
  const options = KINDS.map((option) => {
    const problem = option.value === kind ? null : kindProblem(design, id, option.value);
    return { ...option, ...(problem === null ? {} : { disabledReason: problem }) };
  });
  return (
    <>
      <Header icon={BOUNDARY_GLYPHS[kind]}>
        <NameField key={id} name={name} label="Name" onRename={(next) => commit(`Rename ${name}`, (draft) => renameObject(draft, 'boundary', id, next))} />
        <p className={styles.caption}>Boundary</p>
      </Header>
      <Row label="Kind" hint="Regions, zones and clusters fail as one; a cluster also has a control plane. A group orders the drawing and changes no number.">
        <Select label="Kind of boundary" labelHidden value={kind} options={options} onChange={(next) => commit(`Change kind of ${name}`, (draft) => setBoundaryKind(draft, id, next))} />
      </Row>
      <Fact label="Stands in" hint="The boundary around this one. Drag it by its header to move it into another." value={parent ?? 'The paper'} />
      <Fact label="Holds" hint="What belongs to it. A component belongs to the innermost boundary that holds its centre." value={contentWords(design, id)} />
      {blast !== null && !plain && <Fact label="Blast radius" hint="Share of the journeys, weighed by importance, that is lost while it is down." value={blast.replace('blast ', '')} />}
      <div className={styles.actions}>
        <Button onClick={() => runCommand('arrange.shrink-to-fit')}>Shrink to fit</Button>
        <Button onClick={() => runCommand('arrange.ungroup')}>Ungroup</Button>
      </div>
    </>
  );
}
