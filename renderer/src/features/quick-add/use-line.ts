import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useSession } from '../../document/session.ts';
import { choicesAt, completionAt, type Choice, type Completion } from '../../document/typed-path/choices.ts';
import { setNamed } from '../../document/typed-path/named.ts';
import type { DrawContext, Plan, Start } from '../../document/typed-path/plan.ts';
import { readLine } from '../../document/typed-path/read.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import type { Recalled } from './recall.ts';
import { loadLine, type LoadLine } from '../../document/typed-path/load-line.ts';
import type { Design } from '../../../../shared/model/design.ts';

/** What a line continues from: what it was pulled from, else the one selected component. */
export function useStart(): { readonly start: Start | null; readonly pulled: boolean } {
  const from = useSession((state) => state.quickAdd?.from ?? null);
  const only = useSession(({ selection }) => (selection.node.length === 1 && selection.boundary.length === 0 && selection.note.length === 0 ? (selection.node[0] ?? null) : null));
  const exists = useDesign((design) => only !== null && Object.hasOwn(design.nodes, only));
  return useMemo(() => (from ? { start: from, pulled: true } : { start: exists && only !== null ? { kind: 'node', id: only } : null, pulled: false }), [from, only, exists]);
}

/** The line as it is typed, and everything that it means. */
export interface Line {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly design: Design;
  readonly context: DrawContext;
  readonly text: string;
  readonly plan: Plan;
  readonly load: LoadLine | null;
  readonly completion: Completion | null;
  /** Other meanings of the word at the caret, while they are listed. */
  readonly choices: readonly Choice[];
  /** The marked one; null while the list is closed. */
  readonly marked: number | null;
  /** Which earlier line stands here as it was, counted from the latest; -1 for a line of one's own. */
  readonly recalled: number;
  /** Put an earlier line into the field. */
  recall(line: Recalled): void;
  /** Write the line anew, with the caret there or at its end. */
  write(text: string, caret?: number): void;
  /** What was typed, and where the caret is now. */
  follow(text: string, caret: number): void;
  mark(index: number | null): void;
}

/** The typed line: its text, caret and meaning. */
export function useLine(): Line {
  const design = useDesign((current) => current);
  const opened = useSession((state) => state.quickAdd?.text ?? '');
  const { start, pulled } = useStart();
  const input = useRef<HTMLInputElement>(null);
  const [{ text, caret, placed, recalled }, set] = useState({ text: opened, caret: opened.length, placed: true, recalled: -1 });
  const [marked, mark] = useState<number | null>(null);
  const context = useMemo<DrawContext>(() => ({ design, start, pulled }), [design, start, pulled]);
  const { plan } = useMemo(() => readLine(text, context), [text, context]);
  const choices = useMemo(() => choicesAt(text, caret, plan, design), [text, caret, plan, design]);
  const completion = useMemo(() => completionAt(text, caret, plan, design), [text, caret, plan, design]);
  // a load is read against what was evaluated last
  useEvaluation((state) => state.base);
  useLayoutEffect(() => {
    if (placed) input.current?.setSelectionRange(caret, caret);
  }, [placed, caret, text]);
  const names = useMemo(() => plan.items.flatMap(({ existing }) => existing ?? []), [plan]);
  useEffect(() => setNamed(names), [names]);
  useEffect(() => () => setNamed([]), []);
  return {
    input, design, context, text, plan, load: loadLine(text), completion, choices, marked: choices.length === 0 ? null : marked,
    recalled,
    recall: (line) => {
      set({ text: line.text, caret: line.text.length, placed: true, recalled: line.at });
      mark(null);
    },
    write: (next, at = next.length) => {
      set({ text: next, caret: at, placed: true, recalled: -1 });
      mark(null);
    },
    follow: (next, at) => {
      set({ text: next, caret: at, placed: false, recalled: next === text ? recalled : -1 });
      if (next !== text) mark(null);
    },
    mark,
  };
}
