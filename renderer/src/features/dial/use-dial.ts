import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { MAX_MULTIPLE, MIN_MULTIPLE, multipleAt, nextBreak, positionOf, previousBreak, stepMultiple } from '../../evaluation/load-scale.ts';
import { breaksOf } from './breaks.ts';
import { snapTo } from './dial-layout.ts';

const FINE = 0.25;
const SPRING_MS = 120;
/** Wheel travel of a smooth device that counts as one step. */
const WHEEL_STEP = 40;
const BIG_STEP = 10;

/** Show a multiple at the next frame; of several in one frame only the last counts. */
function createSender() {
  let frame = 0;
  let wanted = MIN_MULTIPLE;
  const flush = (): void => {
    frame = 0;
    useEvaluation.getState().set({ multiple: wanted });
  };
  return {
    /** At the next frame: drags. */
    later: (multiple: number): void => {
      wanted = multiple;
      if (frame === 0) frame = requestAnimationFrame(flush);
    },
    /** At once: keys and release. */
    now: (multiple: number): void => {
      cancelAnimationFrame(frame);
      wanted = multiple;
      flush();
    },
    stop: (): void => {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
type Sender = ReturnType<typeof createSender>;

function snapped(position: number, width: number): number {
  return snapTo(position, width, breaksOf(useEvaluation.getState()));
}

/** Let the bob fall back to 1x. Returns how to stop it. */
function spring(sender: Sender): () => void {
  const from = positionOf(useEvaluation.getState().multiple);
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    sender.now(MIN_MULTIPLE);
    return () => undefined;
  }
  const start = performance.now();
  let frame = requestAnimationFrame(function fall(time: number) {
    const rest = Math.max(0, 1 - (time - start) / SPRING_MS);
    sender.now(rest === 0 ? MIN_MULTIPLE : multipleAt(from * rest * rest));
    if (rest > 0) frame = requestAnimationFrame(fall);
  });
  return () => cancelAnimationFrame(frame);
}

interface Drag {
  position: number;
  x: number;
}

/** Pointer on the ruler: press jumps, a drag follows, Shift slows it to a quarter without snapping, release springs when unpinned. */
function usePointer(ruler: RefObject<HTMLElement | null>, sender: Sender) {
  const drag = useRef<Drag | null>(null);
  const stopSpring = useRef<() => void>(() => undefined);
  const dragging = useCallback(() => drag.current !== null, []);
  const box = (): DOMRect => ruler.current?.getBoundingClientRect() ?? new DOMRect();
  useEffect(() => () => stopSpring.current(), []);
  const release = (): void => {
    if (drag.current === null) return;
    drag.current = null;
    if (!useEvaluation.getState().pinned) stopSpring.current = spring(sender);
  };
  return {
    dragging,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      stopSpring.current();
      event.currentTarget.setPointerCapture(event.pointerId);
      const { left, width } = box();
      drag.current = { position: (event.clientX - left) / width, x: event.clientX };
      sender.later(snapped(drag.current.position, width));
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const held = drag.current;
      if (!held) return;
      const { width } = box();
      held.position += ((event.clientX - held.x) / width) * (event.shiftKey ? FINE : 1);
      held.x = event.clientX;
      sender.later(event.shiftKey ? multipleAt(held.position) : snapped(held.position, width));
    },
    onPointerUp: release,
    onPointerCancel: release,
    onDoubleClick: () => sender.now(MIN_MULTIPLE),
  };
}

/** One step for each notch of a wheel, and for each 40 px of a smooth one. */
function useWheel(target: RefObject<HTMLElement | null>, sender: Sender): void {
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    let travel = 0;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const delta = event.deltaY === 0 ? event.deltaX : event.deltaY;
      const notch = event.deltaMode !== 0 || Math.abs(delta) >= WHEEL_STEP;
      travel = notch ? Math.sign(delta) * WHEEL_STEP : travel + delta;
      if (Math.abs(travel) < WHEEL_STEP) return;
      sender.later(stepMultiple(useEvaluation.getState().multiple, -Math.sign(travel)));
      travel = 0;
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [target, sender]);
}

const ARROWS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/** The multiple that a key asks for, or null when the key is not the dial's. */
function keyTarget(event: KeyboardEvent, focusValue: number): number | null {
  const { multiple } = useEvaluation.getState();
  const breaks = breaksOf(useEvaluation.getState());
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) return stepMultiple(multiple, arrow * (event.shiftKey ? BIG_STEP : 1));
  switch (event.key) {
    case 'PageUp':
      return event.shiftKey ? (nextBreak(breaks, multiple) ?? multiple) : stepMultiple(multiple, BIG_STEP);
    case 'PageDown':
      return event.shiftKey ? (previousBreak(breaks, multiple) ?? multiple) : stepMultiple(multiple, -BIG_STEP);
    case 'Home':
      return MIN_MULTIPLE;
    case 'End':
      return MAX_MULTIPLE;
    case 'Escape':
      return focusValue;
    default:
      return null;
  }
}

/** Keys of the focused dial; a figure opens the entry with it. */
function useKeys(sender: Sender, onFigure: (first: string) => void) {
  const focusValue = useRef(MIN_MULTIPLE);
  return {
    onFocus: () => {
      focusValue.current = useEvaluation.getState().multiple;
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
      const target = keyTarget(event, focusValue.current);
      if (target === null && !/^[\d.]$/.test(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (target === null) onFigure(event.key);
      else sender.now(target);
    },
  };
}

/** Everything that turns the dial: pointer, wheel and keys, sent on once a frame. */
export function useDial(ruler: RefObject<HTMLElement | null>, area: RefObject<HTMLElement | null>, onFigure: (first: string) => void) {
  const sender = useMemo(createSender, []);
  useEffect(() => sender.stop, [sender]);
  useWheel(area, sender);
  const { dragging, ...pointer } = usePointer(ruler, sender);
  return { pointer, keys: useKeys(sender, onFigure), dragging, show: sender.now };
}
