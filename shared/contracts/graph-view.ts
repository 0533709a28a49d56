import type { Design, DesignEdge, DesignNode, EdgeKind } from '../model/design.ts';
import type { PointDemand, PointJourney } from '../model/point-journey.ts';
import type { AskedPart } from '../model/stages.ts';
import type { Behavior } from './behavior.ts';
import type { TargetsValues, WorkloadValues } from './document-params.ts';
import type { EdgeParams } from './edge-params.ts';
import type { ResolvedParams } from './params.ts';

/** A node with everything about it that does not depend on load. */
export interface NodeView {
  readonly id: string;
  readonly index: number;
  readonly node: DesignNode;
  readonly known: boolean;
  readonly behavior: Behavior;
  readonly params: ResolvedParams;
  readonly out: readonly EdgeView[];
  readonly in: readonly EdgeView[];
  /** Zones in use: ids of drawn zones, or `z1`..`z3` of the implicit region. */
  readonly zones: readonly string[];
  readonly region: string;
  /** Own group, or the application it belongs to (semantics 2). */
  readonly deployableGroup: string;
}

/** An edge with its resolved kind and parameters. Attached to real nodes at both ends. */
export interface EdgeView {
  readonly id: string;
  readonly index: number;
  readonly edge: DesignEdge;
  readonly from: NodeView;
  readonly to: NodeView;
  readonly kind: EdgeKind;
  readonly kindInferred: boolean;
  readonly synchronous: boolean;
  readonly params: ResolvedParams<EdgeParams>;
  readonly rtt_s: number;
  readonly crossZone: number;
  /** Why it carries nothing (self-loop, boundary end, dangling), or null. */
  readonly idleReason: string | null;
  /** Db or http edges whose reads this cache edge fronts (semantics 7). */
  readonly fronts: readonly string[];
}

/** A journey as evaluated: drawn, or derived from a client or scheduler. */
export interface JourneyView {
  readonly id: string;
  /** As it is walked: ranges of its steps and demands count with their likely values. */
  readonly journey: PointJourney;
  /** What it asks of components by their ids, in place of their own: stated for one, or for a stage that this drawing has there. */
  readonly demands: Readonly<Record<string, PointDemand>>;
  /** Where each of those comes from, stages before what is stated for a component itself, which goes before them. */
  readonly asks: readonly AskedPart[];
  readonly derived: boolean;
  readonly rate_rps: number;
  readonly share: number;
  readonly importance: number;
}

/** The compiled drawing: who calls whom, what kind, where. Independent of the load multiple. */
export interface GraphView {
  readonly design: Design;
  /** The document's workload with its defaults. */
  readonly workload: WorkloadValues;
  /** The document's targets; null where none was set. */
  readonly targets: TargetsValues;
  readonly nodes: readonly NodeView[];
  readonly nodeById: ReadonlyMap<string, NodeView>;
  readonly edges: readonly EdgeView[];
  readonly edgeById: Pick<ReadonlyMap<string, EdgeView>, 'get' | 'has'>;
  readonly journeys: readonly JourneyView[];
}
