/** A value or a reason, for operations that may refuse their input. Never thrown across a layer. */
export type Result<T, E = Problem> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** How bad a problem is: `error` refused the input, `warning` changed or skipped a part of it, `info` is worth knowing. */
export type ProblemLevel = 'error' | 'warning' | 'info';

/** Something a person should be told: what, where (a path, a line or a name) and what to do about it. */
export interface Problem {
  readonly level: ProblemLevel;
  readonly code: string;
  readonly message: string;
  readonly where?: string;
  readonly line?: number;
}

/** Wrap a value as success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** Wrap a reason as failure. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
