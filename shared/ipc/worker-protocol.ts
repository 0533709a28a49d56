/**
 * Messages between the page and its workers. A worker declares its calls as a map `name -> { input, output }`;
 * everything in it must survive structured cloning.
 */
export type WorkerCalls = Record<string, { readonly input: unknown; readonly output: unknown }>;

/** A question to a worker. `id` is unique per worker; `revision` is the document's, so that late answers are dropped. */
export type WorkerRequest<Calls extends WorkerCalls, Name extends keyof Calls = keyof Calls> = {
  readonly [Key in Name]: {
    readonly type: 'request';
    readonly id: number;
    readonly revision: number;
    readonly call: Key;
    readonly input: Calls[Key]['input'];
  };
}[Name];

/** A worker's answer to the request of the same `id`. A thrown error travels as its message. */
export type WorkerReply<Calls extends WorkerCalls, Name extends keyof Calls = keyof Calls> =
  | {
      readonly [Key in Name]: {
        readonly type: 'reply';
        readonly id: number;
        readonly revision: number;
        readonly call: Key;
        readonly output: Calls[Key]['output'];
      };
    }[Name]
  | { readonly type: 'failed'; readonly id: number; readonly revision: number; readonly message: string };

/** Sent once by a worker when it can take requests. */
export interface WorkerReady {
  readonly type: 'ready';
}
