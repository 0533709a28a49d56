import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { catalog } from '../../../../catalog/index.ts';
import { openRules } from '../../document/commands/show-rules.ts';
import { useSession } from '../../document/session.ts';
import { createExampleStudio } from '../../evaluation/example-studio.ts';
import { ruleOf } from '../../evaluation/finding-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RuleList } from './RuleList.tsx';
import { RulePage } from './RulePage.tsx';
import styles from './Rules.module.css';

interface ReaderProps {
  readonly selected: string | null;
  readonly page: RefObject<HTMLDivElement | null>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onOpen: () => void;
}

function Reader({ selected, page, field, onOpen }: ReaderProps): ReactElement {
  const [studio] = useState(() => createExampleStudio());
  useEffect(() => () => studio.close(), [studio]);
  useEffect(() => {
    // a statement: newer browsers return a promise, which an effect must not
    page.current?.scrollTo({ top: 0 });
  }, [page, selected]);
  const rule = selected === null ? undefined : ruleOf(selected);
  // what was pressed is gone with its page
  const follow = (id: string): void => {
    openRules(id);
    page.current?.focus();
  };
  return (
    <div className={styles.sheet}>
      <RuleList selected={rule?.id ?? null} onRule={openRules} field={field} />
      <div ref={page} className={styles.page} role="region" aria-label={rule?.meta.title ?? 'Rule'} tabIndex={0}>
        {rule ? <RulePage key={rule.id} rule={rule} studio={studio} onRule={follow} onOpen={onOpen} /> : <EmptyState title={`${catalog.rules.length} rules look at every drawing.`}>Choose one to read why it exists, when it is raised, and how that looks in a drawing.</EmptyState>}
      </div>
    </div>
  );
}

/** Where the focus goes: to the drawing that was opened, else back to where it was. */
class Afterwards {
  opened = false;
  get current(): HTMLElement | null {
    return this.opened ? document.querySelector<HTMLElement>('[role="application"]') : null;
  }
}

/** Every rule and its page. The list takes the focus, or the page that was asked for. */
export function RulesDialog(): ReactElement {
  const dialog = useSession((state) => (state.dialog?.name === 'rules' ? state.dialog : null));
  const selected = (dialog?.data as { readonly rule?: string } | undefined)?.rule ?? null;
  const page = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [afterwards] = useState(() => new Afterwards());
  const open = dialog !== null;
  useEffect(() => {
    if (open) afterwards.opened = false;
  }, [open, afterwards]);
  return (
    <Dialog open={open} title="Rules" width={1120} onClose={() => useSession.getState().set({ dialog: null })} initialFocus={selected === null ? field : page} finalFocus={afterwards}>
      {open && <Reader selected={selected} page={page} field={field} onOpen={() => void (afterwards.opened = true)} />}
    </Dialog>
  );
}
