import type { Design } from '../../../../shared/model/design.ts';

const counted = (count: number, word: string): string => `${count} ${count === 1 ? word : `${word}s`}`;

/** What copies are called in a step's name: the only component by its name, else "3 components", "2 notes". */
export function fragmentWords({ nodes, boundaries, notes }: Pick<Design, 'nodes' | 'boundaries' | 'notes'>): string {
  const [components, areas, texts] = [Object.values(nodes), Object.values(boundaries), Object.values(notes)];
  const outer = areas.filter((area) => area.parent == null || !Object.hasOwn(boundaries, area.parent));
  if (outer.length === 1) return outer[0]?.name ?? 'boundary';
  if (components.length === 1 && areas.length === 0) return components[0]?.name ?? 'component';
  if (components.length > 0) return counted(components.length, 'component');
  return areas.length > 0 ? (areas.length === 1 ? '1 boundary' : `${areas.length} boundaries`) : counted(texts.length, 'note');
}
