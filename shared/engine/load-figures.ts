/** The part of an answer that is drawn anew in every frame while the dial moves: no times, no failures, no money, no rules. */
import type { EdgeLoad, LoadFigures, NodeLoad } from '../contracts/evaluation.ts';
import { wholes } from './math/lists.ts';
import { nodeLoad } from './result/nodes.ts';
import { settlePopulations } from './solve/population.ts';
import { solveStations } from './stations.ts';
import { runTraffic } from './traffic.ts';
import type { CompiledDesign, NodeStation } from './types.ts';

/** Utilisations and rates at one load multiple, 0 or more; equal to those of the whole answer at this multiple. */
export function solveLoadFigures(drawn: CompiledDesign, multiple: number): LoadFigures {
  const compiled = settlePopulations(drawn, multiple);
  const flows = runTraffic(compiled, { multiple });
  // all of them, without what only rules and cards read
  const { stations, pools } = solveStations(compiled, flows, wholes(compiled.nodes.length).fill(1));
  const edges = compiled.edges.map(({ view }, index): readonly [string, EdgeLoad] => [view.id, {
    kind: view.kind, rps: (flows.edgeReads[index] as number) + (flows.edgeWrites[index] as number), utilisation: pools[index]?.utilisation ?? null,
  }]);
  const idle = compiled.idle.map(({ edge, kind }): readonly [string, EdgeLoad] => [edge.id, { kind, rps: 0, utilisation: null }]);
  return {
    multiple,
    nodes: Object.fromEntries(compiled.nodes.map(({ view }, index): readonly [string, NodeLoad] => [view.id, nodeLoad(stations[index] as NodeStation)])),
    edges: Object.fromEntries([...edges, ...idle]),
  };
}
