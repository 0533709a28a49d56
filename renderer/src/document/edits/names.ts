import type { Design } from '../../../../shared/model/design.ts';

/** A name that no component has yet: "Service", then "Service 2". Comparing ignores case and outer spaces. */
export function uniqueName(design: Design, wanted: string): string {
  const taken = new Set(Object.values(design.nodes).map((node) => node.name.trim().toLowerCase()));
  const base = wanted.trim() === '' ? 'Component' : wanted.trim();
  if (!taken.has(base.toLowerCase())) return base;
  const stem = base.replace(/ \d+$/, '');
  let number = 2;
  while (taken.has(`${stem} ${number}`.toLowerCase())) number += 1;
  return `${stem} ${number}`;
}
