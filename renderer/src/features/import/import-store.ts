import { create } from 'zustand';
import type { HostFile } from '../../../../shared/ipc/host-api.ts';
import type { ImportReport } from '../../../../shared/interchange/import-report.ts';
import { setPeak as withPeak } from '../../../../shared/interchange/revise.ts';
import type { Problem, Result } from '../../../../shared/lib/result.ts';
import { openImported } from '../../document/commands/file-open.ts';
import { fileServices } from '../../document/commands/file-services.ts';
import { titleOfFile } from '../../document/commands/file-status.ts';
import { useSession } from '../../document/session.ts';
import { readCorrections, rememberCorrections } from '../../persistence/import-corrections.ts';
import { startImport, type ImportRun } from '../../workers/import-client.ts';
import { carried, corrections, decided, recalled, rowsOf, type Choice, type Choices, type ImportRow } from './proposal.ts';
import { importedNotice } from './words.ts';

/** A proposal with the decisions made so far. */
export interface Ready {
  readonly name: 'ready';
  readonly base: ImportReport;
  readonly rows: readonly ImportRow[];
  readonly choices: Choices;
  /** `base` with the choices made. */
  readonly report: ImportReport;
}

/** Where the import under way stands. */
export type Phase = { readonly name: 'reading' } | { readonly name: 'refused'; readonly problem: Problem } | Ready;

interface ImportState {
  readonly phase: Phase;
  /** Key of the row that has the focus. */
  readonly active: string | null;
  /** Requests per second, as asked in the footer; null until somebody answers. */
  readonly peak: number | null;
  readonly remember: boolean;
  readonly sureOpen: boolean;
  set(change: Partial<Pick<ImportState, 'active' | 'peak' | 'remember' | 'sureOpen'>>): void;
  /** Decide about a row, in place of an earlier decision. */
  choose(key: string, choice: Choice): void;
  /** Say that a guess is right; a decision that was made stands. */
  confirm(key: string): void;
}

const FRESH = { active: null, peak: null, remember: true, sureOpen: false } as const;

/** The import dialog's state: one import at a time. */
export const useImport = create<ImportState>()((set, get) => ({
  ...FRESH,
  phase: { name: 'reading' },
  set: (change) => set(change),
  choose: (key, choice) => {
    const { phase } = get();
    if (phase.name !== 'ready') return;
    const choices = new Map(phase.choices);
    choices.delete(key);
    choices.set(key, choice);
    set({ phase: { ...phase, choices, report: decided(phase.base, choices) } });
  },
  confirm: (key) => {
    const { phase, choose } = get();
    if (phase.name === 'ready' && !phase.choices.has(key)) choose(key, { kind: 'confirm' });
  },
}));

function show(result: Result<ImportReport, Problem>, remembered: Readonly<Record<string, string>>, before: Phase | null): void {
  if (!result.ok) {
    useImport.setState({ phase: { name: 'refused', problem: result.error } });
    return;
  }
  const base = result.value;
  const rows = rowsOf(base);
  const kept = before?.name === 'ready' ? carried(before.rows, before.choices, rows) : new Map<string, Choice>();
  const choices = new Map([...recalled(base, remembered), ...kept]);
  useImport.setState({ phase: { name: 'ready', base, rows, choices, report: decided(base, choices) } });
}

/** Read files into a proposal. The returned function stops it; decisions about a proposal of the same files stay. */
export function beginImport(files: readonly HostFile[], joining: boolean): () => void {
  const before = joining ? useImport.getState().phase : null;
  useImport.setState({ ...(joining ? {} : FRESH), phase: { name: 'reading' } });
  let run: ImportRun | null = null;
  let stopped = false;
  const { host } = fileServices();
  void readCorrections().then((remembered) => {
    if (stopped) return;
    run = startImport({
      files,
      readRelated: (file, paths) => host.readRelated(files[file]?.ref ?? null, paths),
      answer: (result) => show(result, remembered, before),
    });
  });
  return () => {
    stopped = true;
    run?.cancel();
  };
}

/** Close the dialog without importing. */
export function cancelImport(): void {
  useSession.getState().set({ dialog: null });
}

/** Open the proposal as a new document, not saved anywhere yet. Does nothing while there is none. */
export function finishImport(): void {
  const { phase, peak, remember } = useImport.getState();
  if (phase.name !== 'ready') return;
  const { base, rows, choices } = phase;
  const report = base.entry === null || phase.report.entry === null || peak === null ? phase.report : withPeak(phase.report, peak);
  if (remember) void rememberCorrections(corrections(rows, choices));
  cancelImport();
  const title = report.design.name ?? titleOfFile(report.sources[0] ?? 'Imported');
  openImported(report.design, title);
  const { notify, set } = useSession.getState();
  const problems = report.problems.filter(({ level }) => level !== 'info');
  notify(importedNotice(report), problems.length === 0 ? {} : { action: { label: 'Show problems', run: () => set({ dialog: { name: 'open-report', data: { title, problems } } }) } });
}
