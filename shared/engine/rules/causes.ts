/** Cause before symptom on the same element (semantics 12): the symptom is listed inside the cause's card. */
import type { Finding } from '../../contracts/evaluation.ts';
import type { Rule, RuleTarget } from '../../contracts/rule.ts';
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
function outermost(causes: readonly Finding[], explains: ReadonlyMap<string, ReadonlySet<string>>): Finding | undefined {
  if (causes.length <= 1) return causes[0];
  return causes
    .filter((cause) => !causes.some((other) => explains.get(other.rule)?.has(cause.rule)))
    .sort((a, b) => severityRank(a) - severityRank(b) || compareText(a.key, b.key))[0];
}

/** Findings by the components and connections that they are about. */
class ByElement {
  private readonly nodes = new Map<string, Finding[]>();
  private readonly edges = new Map<string, Finding[]>();

  private of({ kind }: RuleTarget): Map<string, Finding[]> | null {
    return kind === 'node' ? this.nodes : kind === 'edge' ? this.edges : null;
  }

  add(finding: Finding): void {
    for (const target of finding.targets) {
      const found = this.of(target);
      const list = found?.get(target.id);
      if (list) list.push(finding);
      else found?.set(target.id, [finding]);
    }
  }

  /** Findings about any of these elements, each once. */
  around(targets: readonly RuleTarget[]): Iterable<Finding> {
    const found = new Set<Finding>();
    for (const target of targets) for (const finding of this.of(target)?.get(target.id) ?? []) found.add(finding);
    return found;
  }
}

/** The key of the finding that explains each explained one. Questions explain nothing and are not explained. */
export function causesOf(findings: readonly Finding[], explains: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, Finding> {
  const stated = findings.filter(({ kind }) => kind === 'finding');
  // only what explains something that was found is a cause
  const found = new Set<string>();
  for (const { rule } of stated) found.add(rule);
  const explained = new Set<string>();
  const causing = new Set<string>();
  for (const rule of found) {
    for (const other of explains.get(rule) ?? []) {
      if (!found.has(other)) continue;
      explained.add(other);
      causing.add(rule);
    }
  }
  const causes = new Map<string, Finding>();
  if (causing.size === 0) return causes;
  const byElement = new ByElement();
  for (const finding of stated) if (causing.has(finding.rule)) byElement.add(finding);
  for (const finding of stated) {
    if (!explained.has(finding.rule)) continue;
    const possible: Finding[] = [];
    for (const other of byElement.around(finding.targets)) if (explains.get(other.rule)?.has(finding.rule) && sameResource(other, finding)) possible.push(other);
    const cause = outermost(possible, explains);
    if (cause) causes.set(finding.key, cause);
  }
  return causes;
}

/** Fill `caused_by` and `causes` of findings. */
export function linkCauses(findings: readonly DraftedFinding[], explains: ReadonlyMap<string, ReadonlySet<string>>): void {
  const causes = causesOf(findings, explains);
  if (causes.size === 0) return;
  const explained = new Map<string, Set<string>>();
  for (const finding of findings) {
    const cause = causes.get(finding.key);
    if (cause === undefined) continue;
    finding.caused_by = cause.key;
    const effects = explained.get(cause.key);
    if (effects) effects.add(finding.rule);
    else explained.set(cause.key, new Set([finding.rule]));
  }
  for (const finding of findings) {
    const effects = explained.get(finding.key);
    if (effects !== undefined) finding.causes = [...effects].sort(compareText);
  }
}
