import { useId, useMemo, useRef, type ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import type { Rule, RuleExample } from '../../../../shared/contracts/rule.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { openTemplate } from '../../document/commands/file-open.ts';
import { useSession } from '../../document/session.ts';
import type { ExampleStudio, Staged } from '../../evaluation/example-studio.ts';
import { headlineOf } from '../../evaluation/finding-text.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { capital, listOf } from './rule-words.ts';
import styles from './Rules.module.css';
import { usePictureAddress, useStaged } from './use-stage.ts';

/** What an example shows: that the rule speaks, that it does not, or that it has nothing to look at. */
export type ExampleKind = keyof Rule['examples'];

const QUIET: Readonly<Record<ExampleKind, string>> = { invalid: 'Not raised.', valid: 'Not raised.', notApplicable: 'Does not apply: nothing of its kind is drawn.' };

function Raised({ finding }: { readonly finding: Finding }): ReactElement {
  if (finding.kind === 'question') return <li className={styles.asked}>{`Asks first: ${finding.message}`}</li>;
  const severity = finding.severity ?? 'minor';
  return (
    <li className={styles.raised}>
      <SeverityMark severity={severity} title={severity} />
      <span>{headlineOf(finding)}</span>
    </li>
  );
}

/** What the rule says about the example, as it comes out of the evaluation. */
function Outcome({ rule, kind, staged }: { readonly rule: Rule; readonly kind: ExampleKind; readonly staged: Staged | null | undefined }): ReactElement {
  if (staged === undefined) return <p className={styles.quiet}>Being evaluated.</p>;
  if (staged === null) return <p className={styles.quiet}>This example could not be evaluated. Open the page again to retry.</p>;
  const findings = staged.evaluation.findings.filter((finding) => finding.rule === rule.id);
  if (findings.length === 0) return <p className={styles.quiet}>{QUIET[kind]}</p>;
  return <ul className={styles.outcome}>{findings.map((finding) => <Raised key={finding.key} finding={finding} />)}</ul>;
}

function describe({ nodes, edges }: Design): string {
  const count = Object.keys(edges).length;
  return `${listOf(Object.values(nodes).map(({ name }) => name))}, ${count} ${count === 1 ? 'connection' : 'connections'}`;
}

/** One example of a rule: its title, what comes out, and a picture drawn from its figures once it is in view. */
export function ExampleFigure({ rule, kind, example, studio, onOpen }: { readonly rule: Rule; readonly kind: ExampleKind; readonly example: RuleExample; readonly studio: ExampleStudio; readonly onOpen: () => void }): ReactElement {
  const caption = useId();
  const figure = useRef<HTMLElement>(null);
  const title = capital(example.title);
  const design = useMemo(() => ({ ...example.design, name: title }), [example, title]);
  const staged = useStaged(studio, design, figure);
  const address = usePictureAddress(staged);
  const open = (): void => {
    onOpen();
    useSession.getState().set({ dialog: null });
    openTemplate({ id: rule.id, title, description: '', design: staged?.design ?? design });
  };
  return (
    <figure ref={figure} className={styles.example} aria-labelledby={caption}>
      <figcaption className={styles.caption}>
        <div className={styles.captionWords}>
          <span id={caption} className={styles.exampleTitle}>{title}</span>
          <Outcome rule={rule} kind={kind} staged={staged} />
        </div>
        <Button onClick={open}>Open as a drawing<VisuallyHidden>{`: ${title}`}</VisuallyHidden></Button>
      </figcaption>
      {address === null ? <div className={styles.blank} /> : <img className={styles.picture} src={address} alt={`Drawing: ${describe(design)}`} draggable={false} />}
    </figure>
  );
}
