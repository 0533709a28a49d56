/** Journeys: drawn ones with absolute rates, or one for each way through the splitters when none is drawn (semantics 5). */
import { DERIVED_CACHEABLE_FRACTION, type WorkloadValues } from '../../contracts/document-params.ts';
import type { JourneyView } from '../../contracts/graph-view.ts';
import type { Design, Journey, JourneyStep } from '../../model/design.ts';
import { pointJourney, type PointJourney } from '../../model/point-journey.ts';
import { likely } from '../../model/quantity.ts';
import { isStageKey } from '../../model/stages.ts';
import type { CompileNotes, NodeFacts } from '../types.ts';
import type { EdgeDraft } from './edges.ts';
import type { NodeDraft } from './nodes.ts';
import { WAY, type WaysOut } from './ways-out.ts';

const MAX_DERIVED = 200;

interface Way { readonly source: NodeDraft; readonly entry: EdgeDraft; readonly picks: readonly EdgeDraft[]; readonly name: string }

function live(node: NodeDraft, ways: WaysOut): EdgeDraft[] {
  return (node.out as EdgeDraft[]).filter(({ index }) => ways[index] !== WAY.none);
}

/** Every way from a source: on through splitters to each route target, ending at pools and at everything else. */
function waysFrom(source: NodeDraft, nodes: readonly NodeDraft[], facts: readonly NodeFacts[], carried: WaysOut): Way[] {
  const ways: Way[] = [];
  const explore = (entry: EdgeDraft, at: EdgeDraft, picks: readonly EdgeDraft[]): void => {
    if (ways.length >= MAX_DERIVED) return;
    const node = nodes[at.to.index] as NodeDraft;
    const next = facts[node.index]?.split ? live(node, carried) : [];
    const mode = facts[node.index]?.split;
    if (next.length === 1) return explore(entry, next[0] as EdgeDraft, picks);
    if (next.length > 1 && mode === 'route') {
      for (const edge of next) explore(entry, edge, [...picks, edge]);
      return;
    }
    ways.push({ source, entry, picks, name: node.node.name });
  };
  for (const edge of live(source, carried)) explore(edge, edge, []);
  return ways;
}

function derivedJourney(way: Way, rate: number): Journey {
  const steps: JourneyStep[] = way.picks.map((edge) => ({ edge: edge.id }));
  const id = ['derived', way.entry.id, ...way.picks.map((edge) => edge.id)].join(':');
  return { id, name: way.name, rate_rps: rate, entry: way.entry.id, op: way.entry.params.values.op === 'auto' ? 'mixed' : way.entry.params.values.op, cacheable_fraction: DERIVED_CACHEABLE_FRACTION, ...(steps.length > 0 ? { steps } : {}) };
}

function derive(nodes: readonly NodeDraft[], facts: readonly NodeFacts[], carried: WaysOut, workload: WorkloadValues): Journey[] {
  const sources = nodes.filter((node) => node.behavior.routing === 'source');
  const ways = sources.map((source) => waysFrom(source, nodes, facts, carried));
  const sharing = ways.reduce((sum, list, i) => sum + (sources[i]?.behavior.source_rate === null ? list.length : 0), 0);
  const journeys: Journey[] = [];
  ways.forEach((list, i) => {
    const own = sources[i]?.behavior.source_rate ?? null;
    for (const way of list) journeys.push(derivedJourney(way, own === null ? workload.peak_rps / sharing : own / list.length));
  });
  return journeys;
}

type Stated = Pick<JourneyView, 'demands' | 'asks'>;

const NOTHING_STATED: Stated = { demands: {}, asks: [] };

/** Demands that name a component; those of stages are bound when it is known who calls whom. */
function statedDemands({ demands }: PointJourney): Stated {
  if (demands === undefined) return NOTHING_STATED;
  const own = Object.entries(demands).filter(([key]) => !isStageKey(key));
  return { demands: Object.fromEntries(own), asks: own.map(([node]) => ({ node, stage: null })) };
}

/** Drawn journeys in id order, or the derived ones; shares add up to 1. */
export function compileJourneys(design: Design, nodes: readonly NodeDraft[], facts: readonly NodeFacts[], carried: WaysOut, workload: WorkloadValues, notes: CompileNotes): JourneyView[] {
  const drawn = Object.keys(design.journeys).sort().map((id) => design.journeys[id] as Journey);
  const derived = drawn.length === 0;
  const journeys = (derived ? derive(nodes, facts, carried, workload) : drawn).map(pointJourney);
  if (derived && journeys.length > 0) {
    notes.assumptions.push({ code: 'derived-journeys', message: journeys.length === 1 ? 'No journey is drawn: one is derived from the client' : `No journey is drawn: ${journeys.length} are derived, sharing the traffic equally` });
  }
  const rates = journeys.map((journey) => Math.max(0, likely(journey.rate_rps)));
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  return journeys.map((journey, i) => ({
    id: journey.id, journey, ...statedDemands(journey), derived, rate_rps: rates[i] as number,
    share: total > 0 ? (rates[i] as number) / total : 1 / journeys.length,
    importance: journey.importance ?? 1,
  }));
}
