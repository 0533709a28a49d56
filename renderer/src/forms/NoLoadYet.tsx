import type { ReactElement } from 'react';
import { useDesign } from '../document/workspace.ts';
import { hasWorkload } from '../evaluation/load-scale.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { revealParam } from './reveal.ts';

/** The words of every panel that has nothing to judge: no rate is set, or a rate is set and no arrow carries it. */
export function NoLoadYet(): ReactElement {
  const stated = useDesign(hasWorkload);
  if (stated) return <EmptyState title="No load yet.">Connect a client to something: the load runs along its arrows.</EmptyState>;
  return (
    <EmptyState title="No load yet." action={<Button onClick={() => revealParam({ kind: 'workload', param: 'peak_rps' })}>Set a peak rate</Button>}>
      Set a peak rate and Plumbline can judge the drawing.
    </EmptyState>
  );
}
