import type { ReactElement } from 'react';
import { edgeName } from '../../document/edge-name.ts';
import { clearPath, takeWholePath } from '../../document/path-actions.ts';
import { stopPathEditing, usePathEditing } from '../../document/path-editing.ts';
import { useDesign } from '../../document/workspace.ts';
import { Button } from '../../ui/Button.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { useCanvasUi } from '../canvas-ui.ts';
import styles from './Path.module.css';

/** What the keys stand on, for the ear: the canvas itself names the connection. */
function useSpoken(numbers: ReadonlyMap<string, number>): string {
  const design = useDesign((current) => current);
  const at = useCanvasUi(({ focused }) => (focused?.kind === 'edge' ? focused.id : null));
  if (at === null || !design.edges[at]) return '';
  const number = numbers.get(at);
  return `${edgeName(design, at)}, ${number === undefined ? 'left out' : `number ${number} of ${numbers.size}`}`;
}

function Bar({ id, numbers }: { readonly id: string; readonly numbers: ReadonlyMap<string, number> }): ReactElement {
  const name = useDesign((design) => design.journeys[id]?.name ?? '');
  const spoken = useSpoken(numbers);
  return (
    <section className={styles.bar} aria-label="Path of the journey">
      <div className={styles.words}>
        <p className={styles.title}>{`Path of ${name}: ${numbers.size} ${numbers.size === 1 ? 'connection' : 'connections'}`}</p>
        <p className={styles.hint}>Click connections in order, or walk with arrows and press Space.</p>
      </div>
      <div className={styles.actions}>
        <Button tooltip="Leave everything out but the start" onClick={() => clearPath(id)}>Clear</Button>
        <Button tooltip="Take everything that can be reached" onClick={() => takeWholePath(id)}>Reset</Button>
        <Button variant="primary" onClick={stopPathEditing}>Done</Button>
      </div>
      <VisuallyHidden live="polite">{spoken}</VisuallyHidden>
    </section>
  );
}

/** The bar at the top of the canvas while a journey's way is edited. */
export function PathBar(): ReactElement | null {
  const id = usePathEditing((state) => state.journey);
  const numbers = usePathEditing((state) => state.numbers);
  return id === null || numbers === null ? null : <Bar id={id} numbers={numbers} />;
}
