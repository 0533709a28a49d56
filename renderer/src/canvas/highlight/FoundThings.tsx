import { useEffect, useMemo, useSyncExternalStore, type ReactElement } from 'react';
import { findThings } from '../../document/find-things.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { OnPaper } from '../OnPaper.tsx';
import { flowId, parseFlowId } from '../projection/flow-types.ts';
import { useFoundNodes } from './found-nodes.ts';
import styles from './FoundThings.module.css';

/** Space between a hit and its ring, canvas units. */
const MARGIN = 6;

/** Canvas ids of what a text finds; a journey stands for the components it passes. */
function useFound(text: string): ReadonlySet<string> {
  const design = useDesign((current) => current);
  const journeys = useEvaluation((state) => state.base?.journeys);
  return useMemo(
    () => new Set(findThings(design, text).flatMap((hit) => (hit.kind === 'journey' ? (journeys?.[hit.id]?.nodes ?? []).map((id) => flowId('node', id)) : [flowId(hit.kind, hit.id)]))),
    [design, text, journeys],
  );
}

function Rings({ text }: { readonly text: string }): ReactElement {
  const model = useCanvasModel();
  const { nodes } = useSyncExternalStore(model.subscribe, model.view);
  const found = useFound(text);
  useEffect(() => {
    useFoundNodes.setState({ ids: new Set([...found].map(parseFlowId).flatMap(({ kind, id }) => (kind === 'node' ? [id] : []))) });
    return () => useFoundNodes.setState({ ids: new Set() });
  }, [found]);
  return (
    <OnPaper>
      {nodes.nodes.filter((node) => found.has(node.id)).map(({ id, position, width = 0, height = 0 }) => (
        <div key={id} data-found={id} className={styles.ring} style={{ transform: `translate(${position.x - MARGIN}px, ${position.y - MARGIN}px)`, width: width + 2 * MARGIN, height: height + 2 * MARGIN }} />
      ))}
    </OnPaper>
  );
}

/** A dashed ring around everything that what is looked for finds. The rest keeps its strength, so that it can still be read. */
export function FoundThings(): ReactElement | null {
  const text = useSession((state) => state.find);
  return text === null || text.trim() === '' ? null : <Rings text={text} />;
}
