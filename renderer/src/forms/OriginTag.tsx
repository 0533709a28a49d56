import { useState, type ReactElement } from 'react';
import type { ParamField } from '../../../shared/contracts/params.ts';
import { Button } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';
import { ProvenanceTag } from '../ui/ProvenanceTag.tsx';
import styles from './Form.module.css';
import { originOf, type Origin } from './provenance.ts';

function tagTitle(origin: Origin): string {
  const words = origin.words.endsWith('.') ? origin.words.slice(0, -1) : origin.words;
  return origin.source === null || origin.letter === 'U' ? words : `${words}: ${origin.source}`;
}

/** The provenance letter of a value; its card says where the value comes from and resets it. */
export function OriginTag({ field, stored, onReset }: { readonly field: ParamField; readonly stored: unknown; readonly onReset: () => void }): ReactElement {
  const [open, setOpen] = useState(false);
  const origin = originOf(field, stored);
  const reset = (): void => {
    setOpen(false);
    onReset();
  };
  return (
    <span className={styles.tag}>
      <ProvenanceTag letter={origin.letter} title={tagTitle(origin)} onClick={() => setOpen(true)} />
      <Popover
        trigger={<button type="button" className={styles.tagAnchor} tabIndex={-1} aria-hidden="true" />}
        title={field.label}
        side="left"
        open={open}
        onOpenChange={setOpen}
      >
        <p>{origin.words}</p>
        {origin.source !== null && <p className={styles.source}>{origin.source}</p>}
        {origin.url !== null && <p className={styles.address}>{origin.url}</p>}
        <p className={styles.source}>{field.help}</p>
        {origin.reset !== null && <Button onClick={reset}>{origin.reset}</Button>}
      </Popover>
    </span>
  );
}
