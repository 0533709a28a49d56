import { catalog } from '../../../../catalog/index.ts';
import { AXES, type Axis } from '../../../../shared/contracts/evaluation.ts';
import type { Rule } from '../../../../shared/contracts/rule.ts';
import { axisTitle } from './rule-words.ts';

/** The rules of one axis, by their titles. */
export interface RuleGroup { readonly axis: Axis; readonly title: string; readonly rules: readonly Rule[] }

const byTitle = (a: Rule, b: Rule): number => (a.meta.title < b.meta.title ? -1 : Number(a.meta.title > b.meta.title));

function fits({ meta }: Rule, words: readonly string[]): boolean {
  const text = [meta.title, meta.failureTitle, ...meta.axes, ...meta.concepts].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Every rule once, under the axis that it is about first; with a search only those that have all of its words. */
export function ruleGroups(search: string, rules: readonly Rule[] = catalog.rules): readonly RuleGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return AXES.map((axis) => ({ axis, title: axisTitle(axis), rules: rules.filter((rule) => rule.meta.axes[0] === axis && fits(rule, words)).sort(byTitle) })).filter((group) => group.rules.length > 0);
}
