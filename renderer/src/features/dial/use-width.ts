import { useLayoutEffect, useState, type RefObject } from 'react';
import { interfaceScale } from '../../ui/interface-size.ts';

/** The width of an element itself, px of the design. */
export function boxWidth(element: HTMLElement): number {
  return element.getBoundingClientRect().width / interfaceScale();
}

/** What the words of an element take, px of the design, also where an ellipsis stands for a part of them. */
export function wordsWidth(element: HTMLElement): number {
  return element.scrollWidth > element.clientWidth ? element.scrollWidth / interfaceScale() + 1 : Math.ceil(boxWidth(element));
}

/** A width of an element, px: before the first paint and after every change of its size or of `content`. */
export function useWidth(target: RefObject<HTMLElement | null>, measure: (element: HTMLElement) => number, content?: unknown): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = target.current;
    if (!element) return undefined;
    const read = (): void => setWidth(measure(element));
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [target, measure, content]);
  return width;
}
