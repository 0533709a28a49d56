import type { ReactElement } from 'react';
import { EDGE_KINDS, type Design, type EdgeKind } from '../../../../shared/model/design.ts';
import { edgeName } from '../../document/edge-name.ts';
import { renameDesign, setEdgeKind } from '../../document/edits/set.ts';
import { resolvePart } from '../../document/parts.ts';
import { useSession } from '../../document/session.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { ParamForm } from '../../forms/ParamForm.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Row } from '../../ui/Row.tsx';
import { Select } from '../../ui/Select.tsx';
import { AskedHere } from './AskedHere.tsx';
import { BindingNow } from './BindingNow.tsx';
import { documentEntries, edgeEntries, nodeEntries } from './entries.ts';
import { BoundaryForm } from './BoundaryForm.tsx';
import { Header, NameField, NodeHeader } from './Headers.tsx';
import { NoteForm } from './NoteForm.tsx';
import styles from './Inspector.module.css';

const KIND_WORDS: Readonly<Record<EdgeKind, string>> = {
  http: 'Calls', db: 'Queries', cache: 'Caches in', publish: 'Publishes to', consume: 'Is consumed by', trigger: 'Triggers',
  replicate: 'Replicates to', trace: 'Traces to', migrate: 'Migrates', lookup: 'Looks up', ws: 'Holds connections to',
};

function commit(name: string, recipe: (draft: Design) => void): void {
  useWorkspace.getState().commit(name, recipe);
}

function NodeInspector({ design, ids }: { readonly design: Design; readonly ids: readonly string[] }): ReactElement {
  const whiteboard = useSession((state) => state.mode === 'whiteboard');
  const nodes = ids.flatMap((id) => design.nodes[id] ?? []);
  const types = new Set(nodes.map((node) => node.type));
  const formId = types.size === 1 ? (nodes[0]?.type ?? '') : 'many';
  const entries = nodeEntries(design, ids);
  const known = [...types].every((type) => resolvePart(type) !== undefined);
  return (
    <>
      <NodeHeader nodes={nodes} />
      {!known && <p className={styles.message}>A type that this catalogue does not have is drawn and kept, but not evaluated. Choose a type above.</p>}
      {!whiteboard && ids.length === 1 && <BindingNow key={`binding ${ids[0] ?? ''}`} id={ids[0] ?? ''} formId={formId} entries={entries} />}
      {!whiteboard && ids.length === 1 && <AskedHere design={design} id={ids[0] ?? ''} />}
      {!whiteboard && <ParamForm key={ids.join(' ')} id={formId} entries={entries} />}
    </>
  );
}

function EdgeInspector({ design, ids }: { readonly design: Design; readonly ids: readonly string[] }): ReactElement {
  const results = useEvaluation((state) => state.base?.edges);
  const whiteboard = useSession((state) => state.mode === 'whiteboard');
  const edges = ids.flatMap((id) => design.edges[id] ?? []);
  const kinds = edges.map((edge) => edge.kind ?? results?.[edge.id]?.kind ?? 'http');
  const stated = new Set(edges.map((edge) => edge.kind ?? 'auto'));
  const [only] = stated;
  const inferred = [...new Set(kinds)].map((kind) => KIND_WORDS[kind]).join(', ');
  const options = [{ value: 'auto' as const, label: `Auto (${inferred})` }, ...EDGE_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))];
  const idle = ids.length === 1 ? (results?.[ids[0] ?? '']?.idle_reason ?? null) : null;
  return (
    <>
      <Header>
        <p className={styles.title}>{ids.length === 1 ? edgeName(design, ids[0] ?? '') : `${ids.length} connections`}</p>
        <p className={styles.caption}>{ids.length === 1 ? 'Connection' : 'Values that they share'}</p>
      </Header>
      <Row label="Kind" hint="What travels on this connection. Auto follows from what it joins.">
        <Select
          label="Kind of connection"
          labelHidden
          value={stated.size === 1 ? (only ?? 'auto') : null}
          placeholder="Mixed"
          options={options}
          onChange={(kind) => commit('Change kind of connection', (draft) => ids.forEach((id) => setEdgeKind(draft, id, kind === 'auto' ? undefined : kind)))}
        />
      </Row>
      {idle !== null && <p className={styles.message}>{`It carries nothing: ${idle}`}</p>}
      {!whiteboard && <ParamForm key={ids.join(' ')} id={`edge ${[...new Set(kinds)].join(' ')}`} entries={edgeEntries(design, ids, kinds)} />}
    </>
  );
}

function DocumentInspector({ design }: { readonly design: Design }): ReactElement {
  const whiteboard = useSession((state) => state.mode === 'whiteboard');
  const name = design.name ?? 'Untitled';
  return (
    <>
      <EmptyState title="Nothing selected.">These settings belong to the whole design.</EmptyState>
      <Header>
        <NameField name={name} label="Name of the design" onRename={(next) => commit('Rename design', (draft) => renameDesign(draft, next))} />
      </Header>
      {!whiteboard && <ParamForm id="document" entries={documentEntries(design)} />}
    </>
  );
}

const PLURALS = { node: ['component', 'components'], edge: ['connection', 'connections'], boundary: ['boundary', 'boundaries'], note: ['note', 'notes'] } as const;

/** What the selection is, ids that still exist only. */
function useSelected(design: Design) {
  const selection = useSession((state) => state.selection);
  return {
    node: selection.node.filter((id) => design.nodes[id]),
    edge: selection.edge.filter((id) => design.edges[id]),
    boundary: selection.boundary.filter((id) => design.boundaries[id]),
    note: selection.note.filter((id) => design.notes[id]),
  };
}

function Selected({ design }: { readonly design: Design }): ReactElement {
  const selected = useSelected(design);
  const all = (['node', 'edge', 'boundary', 'note'] as const).filter((kind) => selected[kind].length > 0);
  // connections are mostly taken along with what they join: then the components are what is meant
  const kinds = selected.node.length > 0 ? all.filter((each) => each !== 'edge') : all;
  const [kind] = kinds;
  const [id = ''] = kind === undefined ? [] : selected[kind];
  if (kind === undefined) return <DocumentInspector design={design} />;
  if (kinds.length > 1 || ((kind === 'boundary' || kind === 'note') && selected[kind].length > 1)) {
    const counts = kinds.map((each) => `${selected[each].length} ${PLURALS[each][selected[each].length === 1 ? 0 : 1]}`).join(', ');
    return <EmptyState title={`${counts} selected.`}>Select parts of one kind to edit them together.</EmptyState>;
  }
  if (kind === 'node') return <NodeInspector design={design} ids={selected.node} />;
  if (kind === 'edge') return <EdgeInspector design={design} ids={selected.edge} />;
  const boundary = design.boundaries[id];
  if (kind === 'boundary' && boundary) return <BoundaryForm design={design} boundary={boundary} />;
  return <NoteForm key={id} id={id} text={design.notes[id]?.text ?? ''} />;
}

/** The form of whatever is selected, generated from its schema; of the whole design when nothing is. */
export function InspectorPanel(): ReactElement {
  const design = useDesign((current) => current);
  const readOnly = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null)));
  return (
    <section className={styles.panel} aria-label="Inspector">
      {readOnly !== null && <p className={styles.message}>{readOnly}</p>}
      <fieldset className={styles.fields} disabled={readOnly !== null}>
        <Selected design={design} />
      </fieldset>
    </section>
  );
}
