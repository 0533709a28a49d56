import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { useSession } from '../../document/session.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './FindingsPanel.module.css';
import { rememberedOwner, rememberOwner } from './owner.ts';
import { acceptRisks, readDay, readLoad, type RaiseAgain } from './risk-edits.ts';

const RAISE: readonly { readonly value: RaiseAgain; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: 'load', label: 'Above a load' },
  { value: 'date', label: 'On a date' },
  { value: 'change', label: 'When this component changes' },
];

interface Errors { readonly reason: string | null; readonly limit: string | null }

const FINE: Errors = { reason: null, limit: null };

function check(reason: string, raise: RaiseAgain, limit: string): Errors {
  return {
    reason: reason.trim() === '' ? 'Say in one sentence why this risk is fine.' : null,
    limit: raise === 'load' && readLoad(limit) === null ? 'Type a load such as 2k rps.' : raise === 'date' && readDay(limit) === null ? 'Type a day such as 2027-03-31.' : null,
  };
}

/** The form that accepts a risk: reason, owner, and when to raise it again. */
export function AcceptRisk({ findings, onDone, onCancel }: { readonly findings: readonly Finding[]; readonly onDone: () => void; readonly onCancel: () => void }): ReactElement {
  // a risk that came back keeps its reason: what is new is the condition
  const [reason, setReason] = useState(() => findings.map((finding) => finding.accepted?.reason).find((given) => given !== undefined) ?? '');
  const [owner, setOwner] = useState('');
  const [raise, setRaise] = useState<RaiseAgain>('never');
  const [limit, setLimit] = useState('');
  const [errors, setErrors] = useState(FINE);
  const first = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    first.current?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'nearest' });
    let here = true;
    void rememberedOwner().then((name) => here && setOwner((typed) => (typed === '' ? name : typed)));
    return () => void (here = false);
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = check(reason, raise, limit);
    setErrors(found);
    if (found.reason !== null || found.limit !== null) return;
    const rps = raise === 'load' ? readLoad(limit) : null;
    const date = raise === 'date' ? readDay(limit) : null;
    void rememberOwner(owner.trim());
    onDone();
    if (!acceptRisks(findings, { reason: reason.trim(), owner: owner.trim(), raise, ...(rps === null ? {} : { rps }), ...(date === null ? {} : { date }) })) return;
    useSession.getState().notify('Risk accepted. It stands under Accepted, below the findings.', { action: { label: 'Undo', run: () => useWorkspace.getState().undo() } });
  };
  return (
    <form ref={form} className={styles.accept} aria-label="Accept risk" onSubmit={submit}>
      <TextField label="Reason" value={reason} onChange={setReason} onCancel={onCancel} error={errors.reason} multiline rows={2} inputRef={first} />
      <TextField label="Owner" value={owner} onChange={setOwner} onCancel={onCancel} />
      <Select label="Raise again" value={raise} options={RAISE} onChange={(next) => { setRaise(next); setErrors(FINE); }} />
      {raise === 'load' && <TextField label="Load" value={limit} onChange={setLimit} onCancel={onCancel} placeholder="2k rps" error={errors.limit} />}
      {raise === 'date' && <TextField label="Day" value={limit} onChange={setLimit} onCancel={onCancel} placeholder="2027-03-31" error={errors.limit} />}
      <div className={styles.buttons}>
        <Button type="submit">Accept risk</Button>
        <Button variant="quiet" onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
