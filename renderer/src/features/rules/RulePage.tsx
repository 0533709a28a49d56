import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { catalog } from '../../../../catalog/index.ts';
import type { Source } from '../../../../shared/contracts/catalog.ts';
import type { Rule } from '../../../../shared/contracts/rule.ts';
import { fileServices } from '../../document/commands/file-services.ts';
import type { ExampleStudio } from '../../evaluation/example-studio.ts';
import { ruleOf } from '../../evaluation/finding-text.ts';
import { ExampleFigure, type ExampleKind } from './ExampleFigure.tsx';
import { capital, conditionsOf, listOf, thresholdsOf, weightOf } from './rule-words.ts';
import styles from './Rules.module.css';
import { thresholdReasons } from './threshold-reasons.ts';

const EXAMPLES: readonly { readonly kind: ExampleKind; readonly title: string }[] = [
  { kind: 'invalid', title: 'Where it is raised' },
  { kind: 'valid', title: 'Where it is not' },
  { kind: 'notApplicable', title: 'Where it does not apply' },
];

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles.section}>
      <h4 className={styles.sectionTitle}>{title}</h4>
      {children}
    </section>
  );
}

function Conditions({ rule }: { readonly rule: Rule }): ReactElement {
  return (
    <ul className={styles.conditions}>
      {conditionsOf(rule).map(({ id, pieces }) => (
        <li key={id}>
          {pieces.map(({ text, open }, index) => (open ? <em key={index} className={styles.open}>{index === 0 ? capital(text) : text}</em> : <span key={index}>{text}</span>))}
        </li>
      ))}
    </ul>
  );
}

function useReasons(rule: string): ReadonlyMap<string, string> | null {
  const [reasons, setReasons] = useState<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    let wanted = true;
    void thresholdReasons(rule).then((read) => wanted && setReasons(read));
    return () => void (wanted = false);
  }, [rule]);
  return reasons;
}

function Thresholds({ rule }: { readonly rule: Rule }): ReactElement | null {
  const reasons = useReasons(rule.id);
  const thresholds = thresholdsOf(rule);
  if (thresholds.length === 0) return null;
  return (
    <table className={styles.thresholds}>
      <thead>
        <tr>
          <th scope="col">Threshold</th>
          <th scope="col">Value</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {thresholds.map(({ key, name, figure }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td className={styles.figure}>{figure}</td>
            <td>{reasons?.get(key)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SourceLine({ source: { title, author, year, url } }: { readonly source: Source }): ReactElement {
  return (
    <li>
      <span>{[title, author, year].filter((part) => part !== undefined && part !== '').join(', ')}</span>
      {url !== undefined && <button type="button" className={styles.address} aria-label={`Open ${url}: ${title}`} onClick={() => void fileServices().host.openLink(url)}>{url.replace(/^https:\/\//, '')}</button>}
    </li>
  );
}

interface RulePageProps {
  readonly rule: Rule;
  readonly studio: ExampleStudio;
  readonly onRule: (id: string) => void;
  /** An example is about to be opened as a drawing. */
  readonly onOpen: () => void;
}

function Explained({ rule, onRule }: Pick<RulePageProps, 'rule' | 'onRule'>): ReactElement | null {
  const explained = (rule.meta.explains ?? []).flatMap((id) => ruleOf(id) ?? []);
  if (explained.length === 0) return null;
  return (
    <Section title="Explains these when both are found in one place">
      <ul className={styles.plain}>
        {explained.map(({ id, meta }) => <li key={id}><button type="button" className={styles.link} onClick={() => onRule(id)}>{meta.title}</button></li>)}
      </ul>
    </Section>
  );
}

/** The page of a rule: why, when, examples as live drawings, what a fix asks for, when it is fine, and where that was read. */
export function RulePage({ rule, studio, onRule, onOpen }: RulePageProps): ReactElement {
  const { meta, examples } = rule;
  const sources = meta.sources.flatMap((id) => catalog.sources.get(id) ?? []);
  return (
    <article className={styles.article} aria-labelledby="rule-title">
      <header className={styles.head}>
        <h3 id="rule-title" className={styles.title}>{meta.title}</h3>
        <p className={styles.quiet}>{`Raised as "${meta.failureTitle}". ${capital(listOf(meta.axes))}. ${weightOf(rule)}`}</p>
      </header>
      <Section title="Why"><p>{meta.rationale}</p></Section>
      <Section title="When it is raised">
        <Conditions rule={rule} />
        <Thresholds rule={rule} />
      </Section>
      {EXAMPLES.map(({ kind, title }) => (
        <Section key={kind} title={title}>
          {examples[kind].map((example) => <ExampleFigure key={example.title} rule={rule} kind={kind} example={example} studio={studio} onOpen={onOpen} />)}
        </Section>
      ))}
      <Section title="What a fix asks for"><p>{meta.tradeOff}</p></Section>
      <Section title="When this is fine"><p>{meta.whenNotToApply}</p></Section>
      <Explained rule={rule} onRule={onRule} />
      {meta.concepts.length > 0 && <Section title="Concepts"><p>{`${capital(listOf(meta.concepts))}.`}</p></Section>}
      {sources.length > 0 && <Section title="Sources"><ul className={styles.plain}>{sources.map((source) => <SourceLine key={source.id} source={source} />)}</ul></Section>}
    </article>
  );
}
