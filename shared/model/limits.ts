/**
 * What a document may hold. Beyond the counts a document is refused; beyond the others the value is repaired and
 * reported. Chosen so that the worst accepted file stays within two seconds and a quarter of a gigabyte.
 */
export const LIMITS = {
  nodes: 20_000,
  edges: 60_000,
  /** Boundaries, journeys, entities, notes and accepted risks, each. */
  others: 20_000,
  /** Values of any kind in one document, objects and lists included. */
  values: 1_500_000,
  /** Levels of nesting that are kept; recursion over kept data is therefore safe. */
  depth: 100,
  /** Characters of any text that is not a name or a note. */
  text: 1_000_000,
  /** Largest coordinate and size, in canvas units. */
  coordinate: 1_000_000,
  /** Largest parameter, in its own unit: products of a few of them stay finite. */
  number: 1e15,
} as const;
