import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import type { DesignNode } from '../../../../shared/model/design.ts';
import { renameObject, setParams, setType } from '../../document/edits/set.ts';
import { PARTS, resolvePart } from '../../document/parts.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { Combobox } from '../../ui/Combobox.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Inspector.module.css';

/** A box with a question mark, for a type that the catalogue does not know. */
export const UNKNOWN_GLYPH = 'M3 4h14v12H3zM8 8.2a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.3M10 13.6v.1';

const TYPE_OPTIONS = PARTS.map((part) => ({
  value: part.id,
  label: part.title,
  icon: part.component.icon,
  keywords: part.keywords,
  ...(part.detail === null ? {} : { detail: part.detail }),
}));

/** Height 56: glyph, and what is edited. */
export function Header({ icon, children }: { readonly icon?: string; readonly children: ReactNode }): ReactElement {
  return (
    <header className={styles.header}>
      {icon !== undefined && <Glyph path={icon} size={20} className={styles.glyph} />}
      <div className={styles.headerText}>{children}</div>
    </header>
  );
}

/** A name that is edited in place. */
export function NameField({ name, label, onRename }: { readonly name: string; readonly label: string; readonly onRename: (name: string) => void }): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (text: string): void => {
    setDraft(null);
    const typed = text.trim();
    if (typed !== '' && typed !== name) onRename(typed);
  };
  return <TextField className={styles.name} label={label} labelHidden value={draft ?? name} onChange={setDraft} onCommit={commit} onCancel={() => setDraft(null)} />;
}

function changeType(nodes: readonly DesignNode[], partId: string): void {
  const part = resolvePart(partId);
  if (!part) return;
  const targets = nodes.map((node) => ({ kind: 'node' as const, id: node.id }));
  useWorkspace.getState().commit(`Change type to ${part.title}`, (draft) => {
    for (const node of nodes) setType(draft, node.id, part.component.type);
    if (part.preset) setParams(draft, targets, part.preset.params);
  });
}

/** What more than one of a type is called: "services", "CDNs", "redis". */
function several(title: string): string {
  const word = /[A-Z]/.test(title.slice(1)) ? title : title.toLowerCase();
  return word.endsWith('s') || word.endsWith('S') ? word : `${word.replace(/([^aeiou])y$/, '$1ie')}s`;
}

/** Glyph, name and type of one component, or the number of several. */
export function NodeHeader({ nodes }: { readonly nodes: readonly DesignNode[] }): ReactElement | null {
  const [first] = nodes;
  const types = useMemo(() => new Set(nodes.map((node) => node.type)), [nodes]);
  if (!first) return null;
  const part = types.size === 1 ? resolvePart(first.type) : undefined;
  const known = part ? TYPE_OPTIONS : [{ value: first.type, label: types.size === 1 ? 'Not typed yet' : 'Mixed types', icon: UNKNOWN_GLYPH, keywords: [] }, ...TYPE_OPTIONS];
  const rename = (name: string): void => {
    useWorkspace.getState().commit(`Rename ${first.name}`, (draft) => renameObject(draft, 'node', first.id, name));
  };
  return (
    <Header icon={part?.component.icon ?? UNKNOWN_GLYPH}>
      {nodes.length === 1 ? <NameField key={first.id} name={first.name} label="Name" onRename={rename} /> : <p className={styles.title}>{`${nodes.length} ${part ? several(part.title) : 'components'}`}</p>}
      <Combobox className={styles.type} label="Type" value={part ? part.id : first.type} options={known} emptyText="No part of this name." onChange={(id) => changeType(nodes, id)} />
    </Header>
  );
}
