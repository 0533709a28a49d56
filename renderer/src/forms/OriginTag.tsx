import { useRef, useState, type FocusEvent, type ReactElement } from 'react';
import type { ParamField } from '../../../shared/contracts/params.ts';
import { Button } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';
import { ProvenanceTag } from '../ui/ProvenanceTag.tsx';
import type { Effective } from './effective.ts';
import styles from './Form.module.css';
import { originOf, type Origin } from './provenance.ts';

function tagTitle({ letter, words, reason, source }: Origin): string {
  const said = [words, ...(reason === null ? [] : [reason])].map((sentence) => sentence.replace(/\.$/, '')).join(': ');
  return source === null || letter === 'U' ? said : `${said}: ${source}`;
}

interface OriginTagProps {
  readonly id?: string;
  readonly field: ParamField;
  readonly stored: unknown;
  readonly effective?: Effective;
  readonly onReset: () => void;
}

/** The provenance letter of a value; on hover, focus or press its card says where the value comes from and resets it. */
export function OriginTag({ id, field, stored, effective, onReset }: OriginTagProps): ReactElement {
  const [open, setOpen] = useState(false);
  const byFocus = useRef(false);
  const card = useRef<HTMLDivElement>(null);
  const origin = originOf(field, stored, effective);
  const change = (next: boolean, pressed = false): void => {
    // a press on the tag whose focus has opened the card keeps it
    const keep = !next && pressed && byFocus.current;
    byFocus.current = false;
    setOpen(next || keep);
  };
  // the focus that returns from a closed card does not open it again
  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    if (!event.currentTarget.matches(':focus-visible') || card.current?.contains(event.relatedTarget)) return;
    byFocus.current = true;
    setOpen(true);
  };
  const reset = (): void => {
    change(false);
    onReset();
  };
  return (
    <Popover
      trigger={<ProvenanceTag id={id} letter={origin.letter} title={tagTitle(origin)} onFocus={onFocus} />}
      title={field.label}
      side="left"
      hover
      open={open}
      onOpenChange={change}
      takesFocus={() => !byFocus.current}
      cardRef={card}
    >
      <p>{origin.words}</p>
      {origin.reason !== null && <p>{origin.reason}</p>}
      {origin.source !== null && <p className={styles.source}>{origin.source}</p>}
      {origin.url !== null && <p className={styles.address}>{origin.url}</p>}
      <p className={styles.source}>{field.help}</p>
      {origin.reset !== null && <Button onClick={reset}>{origin.reset}</Button>}
    </Popover>
  );
}
