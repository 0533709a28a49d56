import type { Component, Preset } from '../../contracts/component.ts';
import type { EdgeKind } from '../../model/design.ts';
import type { Confidence } from '../import-report.ts';
import { AMBIGUOUS_WORDS, isProduct, partByEnding, partByName, presetFor, tokens } from './part-names.ts';

/** What the text of a box in a drawing says it is. */
export interface RecognisedLabel {
  /** Null when the text names nothing of the catalogue. */
  readonly component: Component | null;
  readonly preset: Preset | null;
  readonly confidence: Confidence;
  readonly because: string;
  /** Component types that fit less well, best first. */
  readonly alternatives: readonly string[];
}

type Components = ReadonlyMap<string, Component>;

interface Found { readonly component: Component; readonly preset: Preset | null; readonly confidence: Confidence; readonly word: string }

/** How many alternatives are worth offering. */
const OFFERED = 5;
const ANYTHING = ['service', 'external-api', 'custom'] as const;

/** Lower-case words, with those written together (`OrderService`) both apart and as one. */
const lower = (text: string): string[] => tokens(text.toLowerCase());
const wordsOf = (text: string): readonly string[] => [...new Set([...tokens(text), ...lower(text)])];
const spaced = (text: string): string => lower(text).join(' ');

interface Phrase { readonly phrase: string; readonly preset: Preset | null; readonly named: boolean }

const phrases = new WeakMap<Component, readonly Phrase[]>();

/** Names of a component in words ("load balancer"), with the preset that each means; keywords are not `named`. */
function phrasesOf(component: Component): readonly Phrase[] {
  let known = phrases.get(component);
  if (known === undefined) {
    const own = [component.title, component.type, ...(component.aliases ?? []), ...(component.recognition?.words ?? [])];
    known = [
      ...(component.presets ?? []).flatMap((preset) => [preset.id, preset.title, ...preset.keywords].map((text) => ({ phrase: spaced(text), preset, named: true }))),
      ...own.map((text) => ({ phrase: spaced(text), preset: null, named: true })),
      ...component.keywords.map((text) => ({ phrase: spaced(text), preset: null, named: false })),
    ].filter(({ phrase }) => phrase !== '');
    phrases.set(component, known);
  }
  return known;
}

/** Whether a word of a text names a product of this component by the catalogue's recognition words. */
function mentions(component: Component, word: string): boolean {
  return (component.recognition?.words ?? []).includes(word) && !AMBIGUOUS_WORDS.has(word) && isProduct(component, word);
}

/** The whole text is a name of the catalogue, or it has one of several words in it; the longest decides. */
function byPhrase(text: string, components: Components): Found | null {
  const forms = [spaced(text), tokens(text).join(' ')].filter((form) => form !== '');
  let best: (Found & { readonly length: number }) | null = null;
  for (const component of components.values()) {
    for (const { phrase, preset, named } of phrasesOf(component)) {
      const whole = forms.includes(phrase);
      if (!whole && (!phrase.includes(' ') || !forms.some((form) => ` ${form} `.includes(` ${phrase} `)))) continue;
      const length = phrase.length + (named ? 0.5 : 0);
      if (best !== null && length <= best.length) continue;
      const weak = AMBIGUOUS_WORDS.has(phrase) && component.type !== 'service';
      best = { component, preset: preset ?? presetFor(component, wordsOf(text)), word: phrase, length, confidence: weak || !named ? 'guess' : whole ? 'sure' : 'likely' };
    }
  }
  return best;
}

function byWord(text: string, components: Components): Found | null {
  const found = partByName(text, components.values(), () => true) ?? partByName(text.toLowerCase(), components.values(), () => true);
  if (found === null) return null;
  const { component, word, product } = found;
  const named = wordsOf(text).some((other) => isProduct(component, other) || other === component.type);
  const weak = AMBIGUOUS_WORDS.has(word) && component.type !== 'service';
  return { component, word, preset: presetFor(component, [word]) ?? presetFor(component, wordsOf(text)), confidence: !weak && (product || named || component.type === 'service') ? 'likely' : 'guess' };
}

/** A product anywhere in the text. */
function byMention(text: string, components: Components): Found | null {
  for (const word of wordsOf(text)) {
    for (const component of components.values()) {
      if (!mentions(component, word)) continue;
      return { component, preset: presetFor(component, [word]), confidence: 'guess', word };
    }
  }
  return null;
}

function byEnding(text: string, components: Components): Found | null {
  const word = lower(text).at(-1) ?? '';
  const component = partByEnding(word, components);
  return component && { component, preset: null, confidence: 'guess', word };
}

/** Everything that a word of the text could mean. */
function candidates(text: string, components: Components): string[] {
  const words = new Set(wordsOf(text));
  const rank = (component: Component): number => ((component.recognition?.words ?? []).some((word) => words.has(word)) ? 2 : component.keywords.some((word) => words.has(word)) ? 1 : 0);
  const fitting = [...components.values()].map((component) => ({ type: component.type, rank: rank(component) })).filter(({ rank: value }) => value > 0);
  return fitting.sort((a, b) => b.rank - a.rank).map(({ type }) => type);
}

/**
 * What a box is, by its text: names of the catalogue in the first line, then products in the lines after it. `sure` when
 * the whole line is such a name, `likely` when it has a product's name in it, else a guess. Deterministic.
 */
export function recogniseLabel(lines: readonly string[], components: Components): RecognisedLabel {
  const [title = '', ...more] = lines;
  const all = lines.join(' ').slice(0, 1000);
  const first = title.slice(0, 200);
  const rest = more.join(' ').slice(0, 800);
  const found = byPhrase(first, components) ?? byWord(first, components) ?? byMention(first, components) ?? byEnding(first, components) ?? byMention(rest, components);
  const others = [...new Set([...candidates(all, components), ...ANYTHING])].filter((type) => components.has(type) && type !== found?.component.type).slice(0, OFFERED);
  if (found === null) return { component: null, preset: null, confidence: 'guess', because: 'its text names no known part', alternatives: others };
  const words = wordsOf(first);
  const several = [...components.values()].filter((component) => words.some((word) => mentions(component, word))).length > 1;
  return { component: found.component, preset: found.preset, confidence: several ? 'guess' : found.confidence, because: `its text says "${found.word}"`, alternatives: others };
}

const KINDS: readonly (readonly [RegExp, EdgeKind])[] = [
  [/\b(web ?sockets?|wss?|sse|server[- ]sent|long[- ]?poll\w*)\b/i, 'ws'],
  [/\b(replicat\w*|mirrors?|standby|wal shipping)\b/i, 'replicate'],
  [/\b(migrat\w*|schema changes?)\b/i, 'migrate'],
  [/\b(traces?|tracing|metrics|telemetry|otlp|logs|spans|scrapes?)\b/i, 'trace'],
  [/\b(consum\w*|subscribes?|subscribed|subscription|polls?|dequeues?|receives?)\b/i, 'consume'],
  [/\b(publish\w*|produces?|emits?|enqueues?|events?|messages?|pub)\b/i, 'publish'],
  [/\b(triggers?|notifies|invokes?|schedules?)\b/i, 'trigger'],
  [/\b(cach\w*|session lookups?)\b/i, 'cache'],
  [/\b(sql|quer(y|ies)|jdbc|odbc|tcp 5432|select|inserts?|upserts?|orm)\b/i, 'db'],
  [/\b(lookups?|resolves?|discover\w*|dns)\b/i, 'lookup'],
  [/\b(https?|rest|grpc|graphql|api calls?|calls?|requests?|rpc|soap|get|post|put)\b/i, 'http'],
];

/** The kind of connection that the label of an arrow names; null when it names none. */
export function kindByLabel(label: string): EdgeKind | null {
  return KINDS.find(([pattern]) => pattern.test(label.slice(0, 200)))?.[1] ?? null;
}

const AREAS: readonly (readonly [RegExp, 'region' | 'zone' | 'cluster'])[] = [
  [/\bregions?\b|\b(us|eu|ap|sa|ca|me|af)-(east|west|north|south|central|northeast|southeast)\w*-?\d\b/i, 'region'],
  [/\b(availability zones?|zones?|az)\b|\baz[- ]?[a-c1-3]\b/i, 'zone'],
  [/\b(clusters?|kubernetes|k8s|eks|gke|aks|openshift|nomad)\b/i, 'cluster'],
];

/** The kind of boundary that a name says; a group when it says none. */
export function areaKind(name: string): 'region' | 'zone' | 'cluster' | 'group' {
  return AREAS.find(([pattern]) => pattern.test(name.slice(0, 200)))?.[1] ?? 'group';
}
