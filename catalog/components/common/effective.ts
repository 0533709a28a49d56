/** Value that an unset parameter takes, and why. */
export type Effective = Readonly<Record<string, { readonly value: number | string; readonly because: string }>>;

/** One derived value when the parameter is unset (null); nothing when it is set. Spread it into a component's `effective`. */
export function derived(key: string, set: number | null, value: number | string, because: string): Effective {
  return set === null ? { [key]: { value, because } } : {};
}
