import type { KeyboardEvent } from 'react';
import { commitLine } from '../../document/typed-path/commit-line.ts';
import { readLine } from '../../document/typed-path/read.ts';
import { useSession } from '../../document/session.ts';
import { recall, rememberLine } from './recall.ts';
import type { Line } from './use-line.ts';

/** What the keys of the field act on. */
interface LineActions {
  readonly line: Line;
  /** Close the field and give the drawing the focus. */
  readonly close: () => void;
}

function step(line: Line, by: 1 | -1): void {
  if (line.marked !== null) line.mark((line.marked + by + line.choices.length) % line.choices.length);
}

function choose(line: Line): void {
  const choice = line.choices[line.marked ?? 0];
  if (choice) line.write(choice.text, choice.caret);
}

/** Draw what is typed. With Shift the field stays, and the next line hangs on the same source. */
function draw({ line, close }: LineActions, event: KeyboardEvent): void {
  const { text, load, context } = line;
  if (text.trim() === '') return close();
  if (load) {
    if (!load.apply) return;
    load.apply();
    return close();
  }
  const session = useSession.getState();
  const plan = event.altKey ? readLine(text, { ...context, apart: true }).plan : line.plan;
  const done = commitLine(plan, session.quickAdd?.at ?? null);
  if (!done) return;
  rememberLine(text);
  if (!event.shiftKey) return close();
  session.set({ quickAdd: { text: '', ...(done.source ? { from: done.source } : {}) } });
  if (!done.source) session.select({});
  line.write('');
}

function onArrow(line: Line, key: 'ArrowDown' | 'ArrowUp'): boolean {
  if (line.marked !== null) {
    step(line, key === 'ArrowDown' ? 1 : -1);
    return true;
  }
  // in a line of one's own the arrows mean its words
  const earlier = line.text === '' || line.recalled >= 0 ? recall(useSession.getState().recentLines, line.recalled, key === 'ArrowUp' ? 1 : -1) : null;
  if (earlier !== null) {
    line.recall(earlier);
    return true;
  }
  if (key === 'ArrowUp' || line.choices.length === 0) return false;
  line.mark(0);
  return true;
}

/** True when the key was used. */
function acts(actions: LineActions, event: KeyboardEvent): boolean {
  const { line, close } = actions;
  const { key } = event;
  if (event.ctrlKey || event.metaKey) return false;
  if (key === 'Escape') {
    if (line.marked !== null) line.mark(null);
    else close();
    return true;
  }
  if (key === 'Enter') {
    if (line.marked !== null) choose(line);
    else draw(actions, event);
    return true;
  }
  if (event.altKey || event.shiftKey) return false;
  if (key === 'ArrowDown' || key === 'ArrowUp') return onArrow(line, key);
  if (key !== 'Tab' || !line.completion) return false;
  line.write(line.completion.text, line.completion.caret);
  return true;
}

/** Keys of the field. While a text is being composed they belong to the input method. */
export function onLineKey(actions: LineActions, event: KeyboardEvent): void {
  if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
  if (!acts(actions, event)) return;
  event.preventDefault();
  event.stopPropagation();
}
