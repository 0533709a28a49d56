/** Cause before symptom on the same element (semantics 12): the symptom is listed inside the cause's card. */
import type { Finding } from '../../contracts/evaluation.ts';
import type { Rule } from '../../contracts/rule.ts';
import { compareText, SEVERITIES, targetKey } from './findings.ts';

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

function rank({ severity }: Finding): number {
  return severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

/** The outermost of the causes: one that no other of them explains, the most severe first. */
function outermost(causes: readonly Finding[], explains: ReadonlyMap<string, ReadonlySet<string>>): Finding | undefined {
  return causes
    .filter((cause) => !causes.some((other) => explains.get(other.rule)?.has(cause.rule)))
    .sort((a, b) => rank(a) - rank(b) || compareText(a.key, b.key))[0];
}

/** The key of the finding that explains each explained one. Questions explain nothing and are not explained. */
export function causesOf(findings: readonly Finding[], explains: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, Finding> {
  const stated = findings.filter(({ kind }) => kind === 'finding');
  // only what explains something that was found is a cause
  const found = new Set(stated.map(({ rule }) => rule));
  const effects = new Map([...found].map((rule) => [rule, [...(explains.get(rule) ?? [])].filter((other) => found.has(other))]));
  const explained = new Set([...effects.values()].flat());
  const byElement = new Map<string, Finding[]>();
  for (const finding of stated) {
    if (effects.get(finding.rule)?.length === 0) continue;
    for (const target of finding.targets) {
      if (target.kind !== 'node' && target.kind !== 'edge') continue;
      const key = targetKey(target);
      const list = byElement.get(key);
      if (list) list.push(finding);
      else byElement.set(key, [finding]);
    }
  }
  const causes = new Map<string, Finding>();
  for (const finding of stated) {
    if (!explained.has(finding.rule)) continue;
    const around = new Set(finding.targets.flatMap((target) => byElement.get(targetKey(target)) ?? []));
    const cause = outermost([...around].filter((other) => explains.get(other.rule)?.has(finding.rule) && sameResource(other, finding)), explains);
    if (cause) causes.set(finding.key, cause);
  }
  return causes;
}

/** Findings with `caused_by` and `causes` filled in. */
export function linkCauses(findings: readonly Finding[], explains: ReadonlyMap<string, ReadonlySet<string>>): Finding[] {
  const causes = causesOf(findings, explains);
  if (causes.size === 0) return [...findings];
  const explained = new Map<string, Set<string>>();
  for (const finding of findings) {
    const cause = causes.get(finding.key);
    if (cause) explained.set(cause.key, (explained.get(cause.key) ?? new Set()).add(finding.rule));
  }
  return findings.map((finding) => ({ ...finding, caused_by: causes.get(finding.key)?.key ?? null, causes: [...(explained.get(finding.key) ?? [])].sort(compareText) }));
}
