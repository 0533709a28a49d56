import { useMemo, type ReactElement } from 'react';
import type { SimulationResult } from '../../../../shared/contracts/simulation.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { edgeName } from '../../document/edge-name.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import parts from '../../ui/panel-parts.module.css';
import styles from './SimulationPanel.module.css';

/** One feature that the simulation lacks, with every part of the drawing that has it. */
interface Missing { readonly what: string; readonly targets: readonly string[] }

/** What is missing, each feature once. */
export function missingOf(items: SimulationResult['not_modelled']): readonly Missing[] {
  const byFeature = new Map<string, string[]>();
  for (const { what, target } of items) byFeature.set(what, [...(byFeature.get(what) ?? []), ...(target === undefined ? [] : [target])]);
  return [...byFeature].map(([what, targets]) => ({ what, targets: [...new Set(targets)] }));
}

/** A part as a link that selects it; one that is no longer drawn is only named. */
function Part({ id, simulated }: { readonly id: string; readonly simulated: Design }): ReactElement | null {
  const kind = useDesign((design) => (Object.hasOwn(design.nodes, id) ? 'node' : Object.hasOwn(design.edges, id) ? 'edge' : null));
  const name = useDesign((design) => (Object.hasOwn(design.nodes, id) ? (design.nodes[id]?.name ?? '') : Object.hasOwn(design.edges, id) ? edgeName(design, id) : ''));
  if (kind === null) return <span>{simulated.nodes[id]?.name ?? (Object.hasOwn(simulated.edges, id) ? edgeName(simulated, id) : 'a removed part')}</span>;
  return <button type="button" className={parts.link} onClick={() => useSession.getState().select({ [kind]: [id] })}>{name}</button>;
}

/** What the simulation does not model in this drawing, and what it assumes where the drawing says nothing. */
export function LeftOut({ result, design }: { readonly result: SimulationResult; readonly design: Design }): ReactElement {
  const missing = useMemo(() => missingOf(result.not_modelled), [result]);
  return (
    <div className={styles.leftOut}>
      <section aria-labelledby="simulation-missing">
        <h3 id="simulation-missing">Not simulated</h3>
        {missing.length === 0 ? <p>Everything that is drawn is simulated.</p> : (
          <ul>
            {missing.map(({ what, targets }) => (
              <li key={what}>
                <span>{what}</span>
                <span className={styles.targets}>{targets.map((id) => <Part key={id} id={id} simulated={design} />)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="simulation-assumed">
        <h3 id="simulation-assumed">Assumed</h3>
        {result.assumptions.length === 0 ? <p>Nothing beyond the drawing.</p> : <ul>{result.assumptions.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
      </section>
    </div>
  );
}
