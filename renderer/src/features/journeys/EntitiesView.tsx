import { useMemo, type ReactElement } from 'react';
import { create } from 'zustand';
import { entityParams } from '../../../../shared/contracts/document-params.ts';
import { formatBytes, formatCount } from '../../../../shared/lib/format.ts';
import type { Design, Entity } from '../../../../shared/model/design.ts';
import { likely } from '../../../../shared/model/quantity.ts';
import { addEntity, removeEntity } from '../../document/edits/journeys.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { setEntity } from '../../document/edits/set.ts';
import { resolvePart } from '../../document/parts.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument, useDesign, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { ParamRow } from '../../forms/ParamForm.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Row } from '../../ui/Row.tsx';
import { Select } from '../../ui/Select.tsx';
import { entityEntries } from './journey-entries.ts';
import styles from './JourneysPanel.module.css';
import { NameField } from './NameField.tsx';
import { requirementText } from './requirements.ts';

/** Which data is open; never saved. */
const useOpenEntity = create<{ readonly id: string | null }>()(() => ({ id: null }));

const DEFAULTS = entityParams.parse({});
const BYTES_PER_KB = 1000;

/** Components that can hold data: those of the catalogue's data category first, then the rest but clients. */
function homes(design: Design): readonly string[] {
  const nodes = Object.values(design.nodes).map((node) => ({ id: node.id, component: resolvePart(node.type)?.component }));
  const stores = nodes.filter(({ component }) => component?.category === 'data');
  const others = nodes.filter(({ component }) => component?.category !== 'data' && component?.type !== 'client' && component?.type !== 'scheduler');
  return [...stores, ...others].map(({ id }) => id);
}

/** The selected component, else a store that the evaluation gave data of its own because none was named, else the first. */
function homeForNew(design: Design): string | undefined {
  const possible = homes(design);
  const entities = useEvaluation.getState().base?.entities ?? {};
  const chosen = useSession.getState().selection.node.find((id) => possible.includes(id));
  return chosen ?? possible.find((id) => Object.hasOwn(entities, `implicit:${id}`)) ?? possible[0];
}

/** Names data that lives in the selected store, or in the first one. */
export function AddEntity(): ReactElement {
  const design = useDesign((current) => current);
  const locked = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null)));
  const reason = locked ?? (homes(design).length === 0 ? 'Draw a store first: data lives there.' : null);
  const add = (): void => {
    const now = activeDocument()?.design;
    const home = now && homeForNew(now);
    if (!now || home === undefined) return;
    const id = createObjectIds(now)('d');
    useWorkspace.getState().commit('Add data', (draft) => addEntity(draft, { id, name: 'Data', home }));
    useOpenEntity.setState({ id });
  };
  return <Button disabledReason={reason} onClick={add}>Add data</Button>;
}

function columnsFor(nodes: Design['nodes'], narrow: boolean): readonly Column<Entity>[] {
  const name: Column<Entity> = { id: 'name', title: 'Data', sort: (row) => row.name.toLowerCase(), cell: (row) => row.name };
  const home: Column<Entity> = { id: 'home', title: 'Home', cell: (row) => nodes[row.home]?.name ?? 'a removed part' };
  if (narrow) return [name, home];
  return [
    name, home,
    { id: 'keys', title: 'Keys', numeric: true, width: 96, sort: (row) => likely(row.keys ?? DEFAULTS.keys), cell: (row) => formatCount(likely(row.keys ?? DEFAULTS.keys)) },
    { id: 'item', title: 'Item size', numeric: true, width: 96, sort: (row) => likely(row.item_kb ?? DEFAULTS.item_kb), cell: (row) => formatBytes(likely(row.item_kb ?? DEFAULTS.item_kb) * BYTES_PER_KB) },
    { id: 'requirement', title: 'Consistency', width: 136, cell: (row) => requirementText(row.requirement) },
  ];
}

function EntityDetail({ design, entity }: { readonly design: Design; readonly entity: Entity }): ReactElement {
  const locked = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null))) !== null;
  const { commit } = useWorkspace.getState();
  const close = (): void => useOpenEntity.setState({ id: null });
  const remove = (): void => {
    close();
    commit(`Remove ${entity.name}`, (draft) => removeEntity(draft, entity.id));
  };
  const options = homes(design).map((id) => ({ value: id, label: design.nodes[id]?.name ?? '' }));
  return (
    <section className={styles.detail} aria-label="Data">
      <div className={styles.detailBar}>
        {locked ? <h3 className={styles.title}>{entity.name}</h3> : <NameField className={styles.nameField} label="Name of the data" name={entity.name} onRename={(name) => commit(`Rename ${entity.name}`, (draft) => setEntity(draft, entity.id, 'name', name))} />}
        {!locked && <Button variant="quiet" onClick={remove}>Remove</Button>}
        <IconButton label="Close data" icon={GLYPHS.close} onClick={close} />
      </div>
      <div className={styles.fields} role="group" aria-label="Settings" tabIndex={locked ? 0 : undefined}>
        <fieldset className={styles.form} disabled={locked}>
          <Row label="Home" hint="The component that holds it.">
            <Select label="Home" labelHidden value={entity.home} options={options} onChange={(home) => commit(`Change home of ${entity.name}`, (draft) => setEntity(draft, entity.id, 'home', home))} />
          </Row>
          {entityEntries(design, entity.id).map((entry) => <ParamRow key={entry.field.key} entry={entry} />)}
        </fieldset>
      </div>
    </section>
  );
}

/** What is stored: name, home, size and the promise to its readers. A row opens it. */
export function EntitiesView(): ReactElement {
  const design = useDesign((current) => current);
  const id = useOpenEntity((state) => state.id);
  const open = id === null ? undefined : design.entities[id];
  const columns = useMemo(() => columnsFor(design.nodes, open !== undefined), [design.nodes, open]);
  const rows = Object.values(design.entities);
  if (rows.length === 0) return <EmptyState title="No data named.">Each store counts as holding one kind of data until you name your own.</EmptyState>;
  return (
    <div className={styles.split} data-open={open !== undefined || undefined}>
      <div className={styles.list}>
        <DataTable
          label="Data"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          minWidth={open ? 200 : 560}
          action={{ run: (row) => useOpenEntity.setState({ id: row.id === id ? null : row.id }), pressed: (row) => row.id === id, describe: () => 'Opens it' }}
        />
      </div>
      {open && <EntityDetail key={open.id} design={design} entity={open} />}
    </div>
  );
}
