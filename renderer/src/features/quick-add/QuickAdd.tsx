import { useEffect, useId, useLayoutEffect, useRef, useState, type FocusEvent, type PointerEvent, type ReactElement, type RefObject } from 'react';
import { useSession } from '../../document/session.ts';
import { planSentence } from '../../document/typed-path/describe.ts';
import { drawingRefusal } from '../../document/typed-path/open.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { ChoiceList, optionId } from './ChoiceList.tsx';
import { Chips } from './Chips.tsx';
import { fieldPlace, type FieldPlace } from './field-place.ts';
import { onLineKey } from './line-keys.ts';
import { useLine, type Line } from './use-line.ts';
import styles from './QuickAdd.module.css';

/** A line is a sentence: longer texts are pasted by mistake. */
const LONGEST_LINE = 2000;
/** What is spoken waits until the hand rests. */
const SPEAK_AFTER_MS = 400;

/** The drawing beside the field. */
function canvasOf(panel: HTMLElement | null): HTMLElement | null {
  return panel?.closest('[data-region="canvas"]')?.querySelector<HTMLElement>('[role="application"]') ?? null;
}

/** Where the field stands: decided when it opens, so that it does not move under the hand. */
function usePlace(panel: RefObject<HTMLDivElement | null>, { context }: Line): FieldPlace | null {
  const [place, setPlace] = useState<FieldPlace | null>(null);
  const at = useSession((state) => state.quickAdd?.at ?? null);
  const opened = useRef({ context, at });
  useLayoutEffect(() => {
    const region = panel.current?.offsetParent?.getBoundingClientRect();
    const canvas = canvasOf(panel.current)?.getBoundingClientRect();
    if (!region) return;
    const corner = { left: (canvas?.left ?? region.left) - region.left, top: (canvas?.top ?? region.top) - region.top };
    setPlace(fieldPlace(opened.current.context.design, opened.current.context.start, opened.current.at, region, corner));
  }, [panel]);
  return place;
}

/** The plan in words, once typing rests. */
function useSpoken({ plan, design, load, text }: Line): string {
  const [spoken, setSpoken] = useState('');
  const words = load?.words ?? null;
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text.trim() === '' ? '' : (words ?? planSentence(plan, design))), SPEAK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, words, plan, design]);
  return spoken;
}

function Hints({ line }: { readonly line: Line }): ReactElement {
  if (line.marked !== null) {
    return (
      <div className={styles.hints}>
        <span><Kbd chord="Enter" />chooses</span>
        <span><Kbd chord="Escape" />keeps the line as it is</span>
      </div>
    );
  }
  return (
    <div className={styles.hints}>
      {line.completion && <span><Kbd chord="Tab" />{line.completion.shown}</span>}
      <span><Kbd chord="Enter" />adds</span>
      <span><Kbd chord="Shift+Enter" />adds and stays</span>
      {line.plan.start && <span><Kbd chord="Alt+Enter" />adds apart</span>}
      {line.choices.length > 0 && <span><Kbd chord="ArrowDown" />other meanings</span>}
    </div>
  );
}

/** Closes the field. It closes by itself when it is left empty, and then keeps its hands off the focus. */
function useClose(panel: RefObject<HTMLDivElement | null>, line: Line): { readonly close: () => void; readonly onBlur: (event: FocusEvent) => void } {
  const set = useSession((state) => state.set);
  return {
    close: () => {
      const canvas = canvasOf(panel.current);
      set({ quickAdd: null });
      canvas?.focus({ preventScroll: true });
    },
    onBlur: (event) => {
      if (line.text.trim() === '' && !panel.current?.contains(event.relatedTarget)) set({ quickAdd: null });
    },
  };
}

function Field(): ReactElement {
  const panel = useRef<HTMLDivElement>(null);
  const [spokenId, listId] = [useId(), useId()];
  const line = useLine();
  const place = usePlace(panel, line);
  const spoken = useSpoken(line);
  const { close, onBlur } = useClose(panel, line);
  const { input, marked } = line;
  // in this very moment, so that the key which opened the field lands in it
  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), [input]);
  const keepFocus = (event: PointerEvent): void => {
    if (event.target !== input.current) event.preventDefault();
  };
  return (
    <div ref={panel} className={styles.panel} style={place ? { left: place.left, top: place.top } : { left: 8, top: 8 }} onPointerDown={keepFocus} onMouseDown={(event) => event.target !== input.current && event.preventDefault()} onBlur={onBlur}>
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        aria-label="Draw a path"
        aria-autocomplete="list"
        aria-expanded={marked !== null}
        aria-controls={marked === null ? undefined : listId}
        aria-activedescendant={marked === null ? undefined : optionId(listId, marked)}
        aria-describedby={spokenId}
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST_LINE}
        placeholder="client > api x3 > postgres"
        value={line.text}
        onChange={({ target }) => line.follow(target.value, target.selectionStart ?? target.value.length)}
        onSelect={({ currentTarget }) => line.follow(currentTarget.value, currentTarget.selectionEnd ?? 0)}
        onKeyDown={(event) => onLineKey({ line, close }, event)}
      />
      <Chips plan={line.plan} design={line.design} load={line.load} />
      {marked !== null && <ChoiceList id={listId} choices={line.choices} marked={marked} onChoose={(choice) => line.write(choice.text, choice.caret)} />}
      {line.text !== '' && !line.load && <Hints line={line} />}
      <VisuallyHidden live="polite"><span id={spokenId}>{spoken}</span></VisuallyHidden>
    </div>
  );
}

/** The typed path: one line that draws. Open while the session says so and the drawing can be changed. */
export function QuickAdd(): ReactElement | null {
  const open = useSession((state) => state.quickAdd !== null);
  const id = useWorkspace((state) => state.activeId);
  useSession((state) => state.mode);
  const shown = open && drawingRefusal() === null;
  useEffect(() => () => useSession.getState().set({ quickAdd: null }), [id]);
  return shown ? <Field key={id} /> : null;
}
