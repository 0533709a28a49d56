/** Compile-time exhaustiveness: reaching it at run time names the value that no branch handled. */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unhandled ${what}: ${String(value)}`);
}
