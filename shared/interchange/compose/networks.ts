import type { Drawn } from './drawing.ts';

/** A network that becomes a boundary, with the services that are in no other network. */
export interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

/**
 * Networks as groups, only where they divide the services: at least two networks with two services each of their own,
 * and at most a third of the services in several networks or none. Else nothing: one network says nothing.
 */
export function groupsOf(drawn: Iterable<Drawn>): Group[] {
  const own = new Map<string, string[]>();
  let total = 0;
  let between = 0;
  for (const { name, part } of drawn) {
    total += 1;
    const [network, ...others] = part.networks.keys();
    if (network === undefined || others.length > 0 || network === 'default') between += 1;
    else own.set(network, [...(own.get(network) ?? []), name]);
  }
  const groups = [...own].filter(([, members]) => members.length > 1).map(([name, members]) => ({ name, members }));
  return groups.length > 1 && between * 3 <= total ? groups : [];
}
