import type { Evaluation } from '../../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { resolvePart } from '../../document/parts.ts';
import { NO_FAILURE } from '../../evaluation/simulation-settings.ts';

/** Something that can stop during a run. */
export interface FailureOption { readonly value: string; readonly label: string }

/** The name of a place: a drawn boundary's own, else "Zone 2" for the second zone that nobody drew. */
export function zoneName(design: Design, id: string): string {
  const drawn = Object.hasOwn(design.boundaries, id) ? design.boundaries[id] : undefined;
  if (drawn) return drawn.name;
  const [, region, number] = /^(?:(.*)\/)?z(\d+)$/.exec(id) ?? [];
  const around = region === undefined || !Object.hasOwn(design.boundaries, region) ? undefined : design.boundaries[region];
  return number === undefined ? id : `Zone ${number}${around ? ` of ${around.name}` : ''}`;
}

/** Everything that can stop: nothing, a component that is not a client, or a zone in which something stands. */
export function failureOptions(design: Design, evaluation: Evaluation | null): readonly FailureOption[] {
  const parts = Object.values(design.nodes).filter(({ type }) => resolvePart(type)?.component.silhouette !== 'client');
  const zones = [...new Set((evaluation?.blast ?? []).filter(({ kind }) => kind === 'zone').map(({ target }) => target))];
  return [
    { value: NO_FAILURE, label: 'None' },
    ...parts.map(({ id, name }) => ({ value: `node:${id}`, label: name })).sort((a, b) => (a.label < b.label ? -1 : 1)),
    ...zones.map((id) => ({ value: `zone:${id}`, label: zoneName(design, id) })),
  ];
}

/** Words for what stops: "Transcoders", "One unit of Transcoders", "Zone 1". */
export function failureName(design: Design, target: { readonly kind: 'node' | 'zone'; readonly id: string; readonly units?: number }): string {
  if (target.kind === 'zone') return zoneName(design, target.id);
  const name = design.nodes[target.id]?.name ?? 'A removed part';
  return target.units === undefined ? name : `One unit of ${name}`;
}
