import { useLayoutEffect, useState, type RefObject } from 'react';
import { interfaceScale } from '../../ui/interface-size.ts';

/** Width and height of an element in px of the design: before the first paint and after every change. */
export function useBox(target: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [box, setBox] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = target.current;
    if (!element) return undefined;
    const read = (): void => {
      const next = { width: Math.floor(element.clientWidth / interfaceScale()), height: Math.floor(element.clientHeight / interfaceScale()) };
      setBox((before) => (before.width === next.width && before.height === next.height ? before : next));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [target]);
  return box;
}
