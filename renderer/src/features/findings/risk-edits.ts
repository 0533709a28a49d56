import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { formatNumber, formatRate } from '../../../../shared/lib/format.ts';
import type { AcceptedRisk, Design } from '../../../../shared/model/design.ts';
import { riskFingerprint } from '../../../../shared/model/risk-fingerprint.ts';
import { setParams } from '../../document/edits/set.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { headlineOf } from '../../evaluation/finding-text.ts';

/** When an accepted risk is raised again. */
export type RaiseAgain = 'never' | 'load' | 'date' | 'change';

/** What is typed when a risk is accepted. */
export interface Acceptance {
  readonly reason: string;
  readonly owner: string;
  readonly raise: RaiseAgain;
  /** Requests per second, for `load`. */
  readonly rps?: number;
  /** yyyy-mm-dd, for `date`. */
  readonly date?: string;
}

function freeId(design: Design): string {
  let number = Object.keys(design.acceptedRisks).length + 1;
  while (Object.hasOwn(design.acceptedRisks, `risk-${number}`)) number += 1;
  return `risk-${number}`;
}

function untilOf({ raise, rps, date }: Acceptance): NonNullable<AcceptedRisk['until']> {
  if (raise === 'load' && rps !== undefined) return { kind: 'load', rps };
  return raise === 'date' && date !== undefined ? { kind: 'date', date } : { kind: raise };
}

function accept(draft: Design, finding: Finding, acceptance: Acceptance): void {
  for (const [id, risk] of Object.entries(draft.acceptedRisks)) if (risk.key === finding.key) delete draft.acceptedRisks[id];
  const id = freeId(draft);
  const { reason, owner, raise } = acceptance;
  draft.acceptedRisks[id] = {
    id, key: finding.key, reason, ...(owner === '' ? {} : { owner }), until: untilOf(acceptance),
    ...(raise === 'change' ? { fingerprint: riskFingerprint(draft, finding.targets) } : {}),
  };
}

/** Accept findings, as one step. */
export function acceptRisks(findings: readonly Finding[], acceptance: Acceptance): boolean {
  const [first] = findings;
  if (!first) return false;
  return useWorkspace.getState().commit('Accept risk', (draft) => findings.forEach((finding) => accept(draft, finding, acceptance)));
}

/** Take away an acceptance that nothing needs any more. */
export function removeRisk({ id }: AcceptedRisk): boolean {
  return useWorkspace.getState().commit('Remove accepted risk', (draft) => void delete draft.acceptedRisks[id]);
}

/** Raise an accepted finding again, or ask a question that was set aside. */
export function raiseAgain(finding: Finding): boolean {
  return useWorkspace.getState().commit(`${finding.kind === 'question' ? 'Ask' : 'Raise'} again: ${headlineOf(finding)}`, (draft) => {
    for (const [id, risk] of Object.entries(draft.acceptedRisks)) if (risk.key === finding.key) delete draft.acceptedRisks[id];
  });
}

/** An answer to a question. */
export type QuestionAnswer = 'yes' | 'no' | 'does not matter';

/** Answer a question on everything it is about, as one step; what does not matter is set aside. */
export function answerQuestion(finding: Finding, answer: QuestionAnswer): boolean {
  const { question } = finding;
  if (!question) return false;
  return useWorkspace.getState().commit(`Answer: ${answer}`, (draft) => {
    if (answer === 'does not matter') accept(draft, finding, { reason: 'Does not matter', owner: '', raise: 'never' });
    else setParams(draft, question.targets, { [question.param]: answer === 'yes' ? question.yes : question.no });
  });
}

/** The entry that accepts a finding. */
export function riskOf(design: Design, finding: Finding): AcceptedRisk | undefined {
  return Object.values(design.acceptedRisks).find((risk) => risk.key === finding.key);
}

/** Who accepted a risk and until when: "Accepted by Ana until 2k rps". `total` is the load now, once the condition has come. */
export function riskText(risk: AcceptedRisk, total: number | null): string {
  const { owner, until } = risk;
  const by = `Accepted${owner === undefined || owner === '' ? '' : ` by ${owner}`}`;
  if (until?.kind === 'load' && until.rps !== undefined) return `${by} until ${formatRate(until.rps)}${total === null ? '' : `; now ${formatNumber(total)}`}`;
  if (until?.kind === 'date' && until.date !== undefined) return `${by} until ${until.date}${total === null ? '' : '; that day has come'}`;
  if (until?.kind === 'change') return total === null ? `${by} until it changes` : `${by}; it has changed since`;
  return by;
}

/** Who accepted the last risk of this document, or an empty text. */
export function lastOwner(): string {
  return Object.values(activeDocument()?.design.acceptedRisks ?? {}).at(-1)?.owner ?? '';
}

const SCALES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6 };

/** Read a load: "2000", "2.4k", "2.4k rps". Null when it is none. */
export function readLoad(text: string): number | null {
  const [, figure = '', scale = ''] = /^\s*(\d+(?:[.]\d+)?)\s*([km]?)\s*(?:rps)?\s*$/i.exec(text) ?? [];
  const value = Number(figure) * (SCALES[scale.toLowerCase()] ?? 1);
  return figure !== '' && Number.isFinite(value) && value > 0 ? value : null;
}

/** Read a day written as yyyy-mm-dd. Null when there is no such day. */
export function readDay(text: string): string | null {
  const day = text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? null : day;
}
