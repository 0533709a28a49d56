/** Cause before symptom on the same element (semantics 12): the symptom is listed inside the cause's card. */
import type { Finding } from '../../contracts/evaluation.ts';
import type { Rule, RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import type { DraftedFinding } from './findings.ts';
import { compareText, severityRank } from './order.ts';

/** For each rule the rules that it explains, over any number of steps. */
export function explainedBy(rules: readonly Pick<Rule, 'id' | 'meta'>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const direct = new Map(rules.map(({ id, meta }) => [id, meta.explains ?? []]));
  return new Map(rules.map(({ id }) => {
    const reached = new Set<string>(direct.get(id));
    for (const next of reached) for (const further of direct.get(next) ?? []) reached.add(further);
    reached.delete(id);
    return [id, reached];
  }));
}

/** Two findings about a resource each are about one thing only when it is the same resource. */
function sameResource(a: Finding, b: Finding): boolean {
  const [left, right] = [a.data['resource'], b.data['resource']];
  return left === undefined || right === undefined || left === right;
}

/** The outermost of the causes: one that no other of them explains, the most severe first. */
function outermost(causes: readonly DraftedFinding[], explains: ReadonlyMap<string, ReadonlySet<string>>): DraftedFinding | undefined {
  if (causes.length <= 1) return causes[0];
  const outer = causes.filter((cause) => !causes.some((other) => explains.get(other.rule)?.has(cause.rule)));
  return sortFew(outer, (a, b) => severityRank(a) - severityRank(b) || compareText(a.key, b.key))[0];
}

const NONE: readonly DraftedFinding[] = [];

/** Findings by the components and connections that they are about. */
class ByElement {
  private readonly nodes = new Map<string, DraftedFinding[]>();
  private readonly edges = new Map<string, DraftedFinding[]>();

  private of({ kind }: RuleTarget): Map<string, DraftedFinding[]> | null {
    return kind === 'node' ? this.nodes : kind === 'edge' ? this.edges : null;
  }

  add(finding: DraftedFinding): void {
    for (const target of finding.targets) {
      const found = this.of(target);
      const list = found?.get(target.id);
      if (list) list.push(finding);
      else found?.set(target.id, [finding]);
    }
  }

  /** Findings about any of these elements, each once. */
  around(targets: readonly RuleTarget[]): Iterable<DraftedFinding> {
    const [only, second] = targets;
    if (only !== undefined && second === undefined) return this.of(only)?.get(only.id) ?? NONE;
    const found = new Set<DraftedFinding>();
    for (const target of targets) for (const finding of this.of(target)?.get(target.id) ?? []) found.add(finding);
    return found;
  }
}

/** Which of the rules that found something explain another of them. */
function explaining(findings: readonly Finding[], explains: ReadonlyMap<string, ReadonlySet<string>>): { readonly explained: ReadonlySet<string>; readonly causing: ReadonlySet<string> } {
  const found = new Set<string>();
  for (const { rule } of findings) found.add(rule);
  const explained = new Set<string>();
  const causing = new Set<string>();
  for (const rule of found) {
    for (const other of explains.get(rule) ?? []) {
      if (!found.has(other)) continue;
      explained.add(other);
      causing.add(rule);
    }
  }
  return { explained, causing };
}

/**
 * Fill `caused_by` and `causes` of findings. Questions explain nothing and are not explained: they are not given here.
 */
export function linkCauses(findings: readonly DraftedFinding[], explains: ReadonlyMap<string, ReadonlySet<string>>): void {
  const { explained, causing } = explaining(findings, explains);
  if (causing.size === 0) return;
  const byElement = new ByElement();
  for (const finding of findings) if (causing.has(finding.rule)) byElement.add(finding);
  const effects = new Map<DraftedFinding, Set<string>>();
  for (const finding of findings) {
    if (!explained.has(finding.rule)) continue;
    const possible: DraftedFinding[] = [];
    for (const other of byElement.around(finding.targets)) if (explains.get(other.rule)?.has(finding.rule) && sameResource(other, finding)) possible.push(other);
    const cause = outermost(possible, explains);
    if (cause === undefined) continue;
    finding.caused_by = cause.key;
    const known = effects.get(cause);
    if (known) known.add(finding.rule);
    else effects.set(cause, new Set([finding.rule]));
  }
  for (const [cause, rules] of effects) cause.causes = sortFew([...rules], compareText);
}
