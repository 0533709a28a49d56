import { PARAM_GROUPS, type ParamField, type ParamGroup } from '../../../shared/contracts/params.ts';
import type { Bag, Entry } from './bags.ts';
import type { Effective } from './effective.ts';

const GROUP_TITLES: Readonly<Record<ParamGroup, string>> = {
  capacity: 'Capacity',
  process: 'Process model',
  data: 'Data and cache',
  messaging: 'Messaging',
  resilience: 'Resilience',
  placement: 'Placement',
  delivery: 'Delivery',
  cost: 'Cost',
};

/** Headings in the order in which a form shows them. */
export const SECTION_ORDER: readonly string[] = [...PARAM_GROUPS.map((group) => GROUP_TITLES[group]), 'Workload', 'Targets', 'Evaluation'];

/** Entries of these fields over one bag, under the headings of their groups or under one of their own. Older spellings stay out, and what counts for nothing here. */
export function entriesOf(fields: readonly ParamField[], bag: Bag, section?: string, effective?: ReadonlyMap<string, Effective>): readonly Entry[] {
  return fields
    .filter(({ hidden }) => hidden !== true)
    .filter(({ key, onlyWith }) => onlyWith === undefined || (bag.stored(onlyWith) ?? null) !== null || bag.stored(key) !== undefined)
    .map((field) => {
      const taken = effective?.get(field.key);
      return { field, bag, section: section ?? GROUP_TITLES[field.group], ...(taken ? { effective: taken } : {}) };
    });
}
