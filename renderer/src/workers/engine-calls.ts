import type { Axis, Evaluation, Sweep } from '../../../shared/contracts/evaluation.ts';
import type { Sensitivity } from '../../../shared/engine/scoring/sensitivity.ts';
import type { WorkerReady, WorkerReply, WorkerRequest } from '../../../shared/ipc/worker-protocol.ts';
import type { Design } from '../../../shared/model/design.ts';

/** What the engine worker can be asked. A type alias, because the protocol wants an index signature. */
export type EngineCalls = {
  /** Evaluate at a load multiple. `design: null` means the one sent last, so that a step of the dial sends a number only. */
  readonly evaluate: { readonly input: { readonly design: Design | null; readonly multiple: number }; readonly output: Evaluation };
  /** The hottest place at every multiple of the dial, and where places break. */
  readonly sweep: { readonly input: { readonly design: Design | null }; readonly output: Sweep };
  /** What moves a score most: up to two evaluations for each field that it is explained with. */
  readonly sensitivity: { readonly input: { readonly design: Design | null; readonly axis: Axis; readonly multiple: number }; readonly output: readonly Sensitivity[] };
};

export type { Sensitivity };

/** A question to the engine worker. */
export type EngineRequest = WorkerRequest<EngineCalls>;

/** What the engine worker sends. */
export type EngineMessage = WorkerReply<EngineCalls> | WorkerReady;
