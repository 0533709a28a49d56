import { useState, type ReactElement } from 'react';
import { TextField } from '../../ui/TextField.tsx';

/** A name that is changed in its place: Enter or leaving takes it, Escape and nothing typed keep the old one. */
export function NameField({ label, name, onRename, className }: { readonly label: string; readonly name: string; readonly onRename: (name: string) => void; readonly className?: string }): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (typed: string): void => {
    setDraft(null);
    const next = typed.trim();
    if (next !== '' && next !== name) onRename(next);
  };
  return <TextField className={className} label={label} labelHidden value={draft ?? name} onChange={setDraft} onCommit={commit} onCancel={() => setDraft(null)} />;
}
