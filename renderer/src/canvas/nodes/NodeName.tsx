import { memo, useLayoutEffect, useRef, type ReactElement } from 'react';
import { NO_TEXT } from '../../../../shared/drawing/node-figures.ts';
import { useSession } from '../../document/session.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import type { ComponentData } from '../projection/flow-types.ts';

/**
 * The accessible name, spoken in a fixed order: name, type, load, units, findings, surroundings. Hidden, and referred to
 * by the component's `aria-labelledby`. Written without rendering: it follows the load on every component at once.
 */
export const NodeName = memo(function NodeName({ id, data }: { readonly id: string; readonly data: ComponentData }): ReactElement {
  const { feed, contexts } = useCanvasModel();
  const plain = useSession((state) => state.mode === 'whiteboard');
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const write = (): void => {
      const findings = feed.findings.get(id)?.count ?? 0;
      const parts = [data.node.name, data.facts.title.toLowerCase(), feed.texts.get(id)?.spoken ?? (plain ? '' : NO_TEXT.spoken)];
      if (data.facts.units > 1) parts.push(`${data.facts.units} units`);
      if (findings > 0) parts.push(`${findings} ${findings === 1 ? 'finding' : 'findings'}`);
      parts.push(contexts.get(id) ?? '');
      if (element.current) element.current.textContent = parts.filter((part) => part !== '').join(', ');
    };
    write();
    const stops = [feed.texts.subscribe(id, write), feed.findings.subscribe(id, write), contexts.subscribe(id, write)];
    return () => stops.forEach((stop) => stop());
  }, [contexts, data, feed, id, plain]);
  return <span ref={element} id={`component-${id}-name`} hidden />;
});
