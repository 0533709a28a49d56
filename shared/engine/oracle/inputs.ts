/** Reading the inputs of a known-answer case: names, lists, and equivalent spellings of the same quantity. */

/** Raw inputs of a case. */
export type CaseInputs = Readonly<Record<string, unknown>>;

/** A named result, a list of numbers, or one number; lists may hold lists (per class and centre). */
export type CaseResult = number | readonly number[] | Readonly<Record<string, unknown>>;

/** Computes a model's results; `wanted` are the result names the case asks for (empty for a plain value). */
export type Adapter = (inputs: CaseInputs, wanted: readonly string[]) => CaseResult;

/** A case whose inputs cannot be used; the runner reports the message. */
export class InputError extends Error {}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  return typeof value === 'boolean' ? Number(value) : null;
}

/** The first of these inputs that is a number, or null. */
export function optional(inputs: CaseInputs, ...names: string[]): number | null {
  for (const name of names) {
    const value = asNumber(inputs[name]);
    if (value !== null) return value;
  }
  return null;
}

/** The first of these inputs that is a number; throws InputError when there is none. */
export function need(inputs: CaseInputs, ...names: string[]): number {
  const value = optional(inputs, ...names);
  if (value === null) throw new InputError(`missing input ${names.join(' or ')}`);
  return value;
}

/** A number with a default. */
export function numberOr(inputs: CaseInputs, name: string, fallback: number): number {
  return optional(inputs, name) ?? fallback;
}

/** A yes/no input with a default; 0 and 1 are accepted. */
export function flag(inputs: CaseInputs, name: string, fallback: boolean): boolean {
  const value = asNumber(inputs[name]);
  return value === null ? fallback : value !== 0;
}

/** A text input with a default. */
export function text(inputs: CaseInputs, name: string, fallback: string): string {
  const value = inputs[name];
  return typeof value === 'string' ? value : fallback;
}

/** The first of these inputs that is a list of numbers, or null. */
export function optionalList(inputs: CaseInputs, ...names: string[]): number[] | null {
  for (const name of names) {
    const value = inputs[name];
    if (Array.isArray(value) && value.every((item) => asNumber(item) !== null)) return value.map((item) => asNumber(item) ?? 0);
  }
  return null;
}

/** A list of numbers; a single number is a list of one. Throws InputError when missing. */
export function list(inputs: CaseInputs, ...names: string[]): number[] {
  const values = optionalList(inputs, ...names);
  if (values !== null) return values;
  return [need(inputs, ...names)];
}

/** A list of lists of numbers. Throws InputError when missing. */
export function matrix(inputs: CaseInputs, name: string): number[][] {
  const rows = inputs[name];
  if (!Array.isArray(rows)) throw new InputError(`missing input ${name}`);
  return rows.map((row: unknown) => list({ [name]: row }, name));
}

/** Applies f to a number, or to each item when the input is a list (the result then is a list too). */
export function each(inputs: CaseInputs, name: string, f: (value: number) => number): number | number[] {
  const values = optionalList(inputs, name);
  return values === null ? f(need(inputs, name)) : values.map(f);
}

/** An input that is itself a record, or null. */
export function record(value: unknown): CaseInputs | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as CaseInputs) : null;
}

/** Mean service time (s) from any of its spellings: service_s, service, S, 1/mu, service_ms, service_min. */
export function serviceOf(inputs: CaseInputs): number {
  const direct = optional(inputs, 'service_s', 'service', 'S', 's');
  if (direct !== null) return direct;
  const mu = optional(inputs, 'mu', 'mu_per_s');
  if (mu !== null) return 1 / mu;
  const ms = optional(inputs, 'service_ms');
  if (ms !== null) return ms / 1000;
  return need(inputs, 'service_min') * 60;
}

/** Servers from c, servers, workers or m; 1 when not given. */
export function serversOf(inputs: CaseInputs): number {
  return optional(inputs, 'c', 'servers', 'workers', 'm') ?? 1;
}

/** Arrival rate (1/s) from lambda_, lambda, lam, lambda_per_s, lambda_per_min, rps, or rho/a with the service time. */
export function arrivalsOf(inputs: CaseInputs): number {
  const direct = optional(inputs, 'lambda_', 'lambda', 'lam', 'lambda_per_s', 'rps', 'arrival_rate');
  if (direct !== null) return direct;
  const perMinute = optional(inputs, 'lambda_per_min');
  if (perMinute !== null) return perMinute / 60;
  const offered = optional(inputs, 'a');
  if (offered !== null) return offered / serviceOf(inputs);
  return (need(inputs, 'rho') * serversOf(inputs)) / serviceOf(inputs);
}

/** Offered load (erlangs): a, or arrival rate times service time, or rho times servers. */
export function offeredOf(inputs: CaseInputs): number {
  const a = optional(inputs, 'a', 'erlangs');
  if (a !== null) return a;
  const rho = optional(inputs, 'rho');
  return rho === null ? arrivalsOf(inputs) * serviceOf(inputs) : rho * serversOf(inputs);
}

/** Per-station service times from S, mu or D. */
export function servicesOf(inputs: CaseInputs): number[] {
  const direct = optionalList(inputs, 'S', 'service_s', 'service');
  if (direct !== null) return direct;
  const mu = optionalList(inputs, 'mu');
  return mu === null ? list(inputs, 'D') : mu.map((rate) => 1 / rate);
}

/** Per-station visits from V; all 1 when not given. */
export function visitsOf(inputs: CaseInputs, count: number): number[] {
  return optionalList(inputs, 'V', 'visits') ?? new Array<number>(count).fill(1);
}
