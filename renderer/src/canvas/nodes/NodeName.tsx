import { memo, type ReactElement } from 'react';
import { NO_TEXT } from '../figures/node-figures.ts';
import { useKeyed } from '../keyed-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import type { ComponentData } from '../projection/flow-types.ts';

/**
 * The accessible name, spoken in a fixed order: name, type, load, findings, surroundings. Hidden, and referred to by the
 * component's `aria-labelledby`.
 */
export const NodeName = memo(function NodeName({ id, data }: { readonly id: string; readonly data: ComponentData }): ReactElement {
  const { feed, contexts } = useCanvasModel();
  const text = useKeyed(feed.texts, id);
  const context = useKeyed(contexts, id) ?? '';
  const findings = useKeyed(feed.findings, id)?.count ?? 0;
  const parts = [data.node.name, data.facts.title.toLowerCase(), (text ?? NO_TEXT).spoken];
  if (data.facts.units > 1) parts.push(`${data.facts.units} units`);
  if (findings > 0) parts.push(`${findings} ${findings === 1 ? 'finding' : 'findings'}`);
  if (context !== '') parts.push(context);
  return <span id={`component-${id}-name`} hidden>{parts.join(', ')}</span>;
});
