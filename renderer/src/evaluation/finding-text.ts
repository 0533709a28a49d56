import { catalog } from '../../../catalog/index.ts';
import type { Finding } from '../../../shared/contracts/evaluation.ts';
import type { Rule } from '../../../shared/contracts/rule.ts';
import { findingFigures, RATE_UNITS, rateIn, type EvidenceFigure } from '../../../shared/contracts/finding-evidence.ts';
import type { Design } from '../../../shared/model/design.ts';
import { resolvePart } from '../document/parts.ts';
import type { FindingCard } from './finding-cards.ts';

const rules: ReadonlyMap<string, Rule> = new Map(catalog.rules.map((rule) => [rule.id, rule]));

/** A rule of the catalogue, with its reasons and sources. */
export function ruleOf(id: string): Rule | undefined {
  return rules.get(id);
}

/** Characters that a headline of two lines holds. */
const HEADLINE = 84;
/** Numbers that the one line of evidence holds. */
const EVIDENCE = 3;

/** The first sentence of a text, its full stop left out. A full stop inside a figure ends nothing. */
export function firstSentence(text: string): string {
  return /^(.*?)[.](?=\s+[A-Z0-9]|$)/s.exec(text)?.[1] ?? text;
}

/** The headline of one finding: its first sentence, and of a long one the part that stands before its reason. */
export function headlineOf(finding: Finding): string {
  const sentence = firstSentence(finding.message);
  const [short = sentence] = sentence.split(/[:;] /);
  return sentence.length > HEADLINE ? short : sentence;
}

function listed(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ');
  return names.length === 3 ? `${names.slice(0, 2).join(', ')} and ${names[2]}` : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

/** The headline of a card: of one finding its own, of several what the rule calls them and where they are. */
export function cardHeadline(card: FindingCard, nameOf: (target: Finding['targets'][number]) => string): string {
  const [first] = card.findings;
  if (card.findings.length === 1 && first) return headlineOf(first);
  const names = [...new Set(card.findings.flatMap((finding) => finding.targets.slice(0, 1).map(nameOf)))];
  return `${ruleOf(card.rule)?.meta.failureTitle ?? 'Several findings'}: ${listed(names)}`;
}

/** The unit of rates at what a finding is about, where it is not requests. */
function rateUnit(finding: Finding, design: Pick<Design, 'nodes'>): string | undefined {
  const node = finding.targets.find(({ kind }) => kind === 'node');
  const primary = resolvePart(design.nodes[node?.id ?? '']?.type ?? '')?.component.figures.primary;
  return primary && RATE_UNITS[primary];
}

/**
 * The numbers behind a finding, in the order of its message, with the keys under which its data holds them. What its rule
 * holds them against is no evidence and is left out.
 */
export function figuresOf(finding: Finding, design: Pick<Design, 'nodes'>): readonly EvidenceFigure[] {
  const rule = ruleOf(finding.rule);
  const unit = rateUnit(finding, design);
  return findingFigures(finding, rule)
    .filter(({ key }) => rule?.options[key] !== finding.data[key])
    .slice(0, EVIDENCE)
    .map(({ key, text }) => ({ key, text: rateIn(text, unit) }));
}

/** The same as words: "share 100 %", "availability 99.5 %". */
export function evidenceOf(finding: Finding, design: Pick<Design, 'nodes'>): readonly string[] {
  return figuresOf(finding, design).map(({ text }) => text);
}
