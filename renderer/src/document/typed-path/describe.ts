import type { Design, EdgeKind } from '../../../../shared/model/design.ts';
import { endName } from './connections.ts';
import type { CacheFirst, Plan, PlannedItem } from './plan.ts';
import { nearestPart } from './words.ts';

const VERBS: Readonly<Partial<Record<EdgeKind, string>>> = {
  publish: 'messages from', consume: 'messages from', trigger: 'started by', replicate: 'copy of', trace: 'traces from', lookup: 'asked by', migrate: 'migrated by',
};

/** "a", "a and b", "a, b and c". */
export function listed(names: readonly string[], word = 'and'): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}

/** How an item will hang on what is before it: "connected from client", "messages from SQS". */
export function joinWords(plan: Plan, design: Design, index: number): readonly string[] {
  const words = new Map<string, string[]>();
  for (const edge of plan.edges) {
    if (edge.to !== index || edge.refused !== null || edge.existing !== null) continue;
    const verb = (edge.drawn && VERBS[edge.drawn]) ?? 'connected from';
    const typed = edge.from === 'start' ? undefined : plan.items[edge.from];
    const name = typed && typed.existing === null && typed.typed.word !== '' ? typed.typed.word : endName(plan, design, edge.from);
    words.set(verb, [...(words.get(verb) ?? []), name]);
  }
  return [...words].map(([verb, names]) => `${verb} ${listed(names)}`);
}

/** "3 units, 2 zones"; for what exists "set to 3 units". */
export function countWords({ units, zones, existing }: PlannedItem): string {
  const counts = [...(units === null ? [] : [`${units} ${units === 1 ? 'unit' : 'units'}`]), ...(zones === null ? [] : [`${zones} ${zones === 1 ? 'zone' : 'zones'}`])];
  if (counts.length === 0) return '';
  return `${existing === null ? '' : 'set to '}${counts.join(', ')}`;
}

/** What an item is, beside its name: the type of a new one, what an existing one turns into. */
export function typeWords(item: PlannedItem): string {
  const title = item.becomes?.title ?? item.part?.title ?? 'not typed yet';
  if (item.becomes) return `becomes ${title}`;
  if (item.existing !== null) return '';
  return title.toLowerCase() === item.name.toLowerCase() ? (item.part?.detail ?? '') : title;
}

/** For a word that nothing is called: what it may mean, and what Enter does (ui 5.5). */
export function unknownWords({ name, typed }: PlannedItem): string {
  const near = nearestPart(typed.word);
  return `No part called "${name}". ${near ? `Did you mean ${near.title}? ` : ''}Enter adds a plain box named "${name}".`;
}

/** "Read Redis, then Postgres on a miss". */
export function cacheWords({ cache, stores }: CacheFirst): string {
  return `Read ${cache}, then ${listed(stores, 'or')} on a miss`;
}

/** What is wrong with an item or with what leads to it, as sentences. */
export function problemsOf(plan: Plan, index: number): readonly string[] {
  const refused = plan.edges.flatMap((edge) => (edge.to === index && edge.refused !== null ? [edge.refused] : []));
  return [...(plan.items[index]?.remarks ?? []), ...new Set(refused)];
}

/** What becomes of the journey, as a sentence. */
export function journeyWords({ journey }: Plan): string {
  if (!journey) return '';
  return journey.refused ?? `${journey.existing === null ? 'New journey' : 'Traces'} ${journey.name}`;
}

function itemSentence(plan: Plan, design: Design, index: number): string {
  const item = plan.items[index];
  if (!item || item.same !== null) return '';
  const [type, counts, joins] = [typeWords(item), countWords(item), joinWords(plan, design, index)];
  const shown = item.existing === null && item.typed.word !== '' ? item.typed.word : item.name;
  const details = [...(item.existing === null ? [] : ['existing']), ...(type === '' || type.toLowerCase() === shown.toLowerCase() ? [] : [type]), ...(counts === '' ? [] : [counts])];
  return [[shown, ...(details.length > 0 ? [`(${details.join(', ')})`] : [])].join(' '), ...joins].join(', ');
}

/** The whole plan for the ear: "Will add load balancer, connected from client." */
export function planSentence(plan: Plan, design: Design): string {
  const parts = plan.items.map((_item, index) => itemSentence(plan, design, index)).filter((text) => text !== '');
  const sentences = [
    ...(parts.length > 0 ? [`Will add ${parts.join('; ')}.`] : []),
    ...plan.caches.map((cache) => `${cacheWords(cache)}.`),
    ...(plan.journey ? [`${journeyWords(plan)}.`.replace('..', '.')] : []),
    ...plan.items.flatMap((item, index) => [...problemsOf(plan, index), ...(item.unknown ? [unknownWords(item)] : [])]),
  ];
  return sentences.join(' ');
}
