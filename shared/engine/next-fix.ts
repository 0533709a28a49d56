/** Where the next fix moves a break: asked for one break at a time, since each fix of it costs an evaluation. */
import type { Catalog } from '../contracts/catalog.ts';
import type { BreakPoint, Evaluation, Finding } from '../contracts/evaluation.ts';
import type { Design } from '../model/design.ts';
import { openSession } from './incremental/session.ts';
import { gainOf, returnOfGain, type WhatIfOptions } from './what-if.ts';

/** The fix that moves a break, and the multiple of the drawn load at which the component gives way then; null when it no longer does. */
export interface BreakFix { readonly title: string; readonly multiple: number | null; readonly usd_month: number }

/** A break that is asked about: its component, and the multiple of the drawn load at which it gives way. */
export type BreakPlace = Pick<BreakPoint, 'node' | 'multiple'>;

/** Findings about saturation hold from here on, as a share of the load at which it begins. */
const BEYOND = 1.01;
/** A break that moves by less has not moved. */
const LEAST_MOVE = 1.01;

function isAbout({ kind, accepted, targets }: Finding, node: string): boolean {
  return kind === 'finding' && (accepted === null || accepted.stale) && targets.some((target) => target.kind === 'node' && target.id === node);
}

function breakOf({ breaks }: Evaluation, node: string): number | null {
  return breaks.find((point) => point.node === node)?.multiple ?? null;
}

/**
 * The fix with the best return, as findings rank theirs, among those of the findings about a component at the load at
 * which it gives way, that let it carry more. Null when none does.
 */
export function nextFix(design: Design, catalog: Catalog, { node, multiple }: BreakPlace, { session = openSession(catalog), today = null }: Omit<WhatIfOptions, 'multiple'> = {}): BreakFix | null {
  const options = { multiple: multiple * BEYOND, today };
  const { evaluation: before, fixes } = session.evaluateWithFixes(design, options);
  const tried = before.findings.filter((finding) => isAbout(finding, node)).flatMap(({ key }) => (fixes.get(key) ?? []).map((fix) => {
    const { evaluation: after } = session.evaluateWithFixes(fix.apply(design), options);
    const usd = after.cost.usd_month - before.cost.usd_month;
    return { title: fix.title, multiple: breakOf(after, node), usd_month: usd, worth: returnOfGain(gainOf(before, after), usd) };
  }));
  const moved = tried.filter((fix) => fix.multiple === null || fix.multiple > multiple * LEAST_MOVE);
  const best = moved.reduce<(typeof moved)[number] | null>((first, fix) => (first === null || fix.worth > first.worth ? fix : first), null);
  return best && { title: best.title, multiple: best.multiple, usd_month: best.usd_month };
}
