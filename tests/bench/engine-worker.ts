/** The engine's benchmark as a worker of a page: it says once what it measured. */
import { engineBench, type EngineTimes } from './engine.ts';

const scope: { postMessage(times: EngineTimes): void } = self;
scope.postMessage(engineBench());
