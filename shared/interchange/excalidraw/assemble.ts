import { edgeEnd, inferEdgeKind, type EdgeEnd } from '../../contracts/edge-kind.ts';
import type { Problem } from '../../lib/result.ts';
import { namesOf } from '../../drawing/names.ts';
import { noteHeight } from '../../drawing/note-figures.ts';
import { nameWidth } from '../../drawing/text-width.ts';
import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../drawing/component-facts.ts';
import { emptyDesign, type Design, type EdgeKind, type Params } from '../../model/design.ts';
import { UNKNOWN_TYPE } from '../../model/normalise.ts';
import { behaviorOf, KIND_WORDS, storedKind } from '../common/ends.ts';
import { keepPlaces } from '../common/keep-places.ts';
import { areaKind, kindByLabel, recogniseLabel } from '../common/label-words.ts';
import { ASSUMED_PEAK_RPS, assumePeak } from '../common/traffic.ts';
import type { Confidence, Guess, ImportOptions, ImportReport } from '../import-report.ts';
import { middleOf } from './boxes.ts';
import type { Area, Part, Shapes } from './read-shapes.ts';
import type { Wire } from './wires.ts';

const AREA_WORDS: Readonly<Record<ReturnType<typeof areaKind>, string>> = { region: 'Region', zone: 'Zone', cluster: 'Cluster', group: 'Group' };
const NOTE_WIDTH = { least: 160, most: 400 } as const;
const BROKERS: ReadonlySet<string> = new Set(['broker', 'topic']);

class Assembler {
  readonly design: Design;
  readonly guesses: Guess[] = [];
  readonly problems: Problem[] = [];
  /** Document ids by the key of what was drawn. */
  private readonly ids = new Map<string, string>();
  private readonly ends = new Map<string, EdgeEnd>();

  constructor(title: string, private readonly shapes: Shapes, private readonly options: ImportOptions) {
    this.design = emptyDesign(title);
  }

  private home(area: Area | null): { readonly boundary?: string } {
    const id = area === null ? undefined : this.ids.get(area.key);
    return id === undefined ? {} : { boundary: id };
  }

  areas(): void {
    for (const { key, name, frame, area } of this.shapes.areas) {
      const id = this.options.ids('b');
      const kind = areaKind(name);
      const parent = area === null ? undefined : this.ids.get(area.key);
      this.ids.set(key, id);
      this.design.boundaries[id] = { id, kind, name, ...(parent === undefined ? {} : { parent }) };
      this.guesses.push({ target: { kind: 'boundary', id }, what: name, became: AREA_WORDS[kind], confidence: 'likely', because: kind === 'group' ? `a ${frame ? 'frame' : 'box'} around others` : 'its name says so', alternatives: [] });
    }
  }

  private node(part: Part): Guess {
    const { components } = this.options.catalog;
    const id = this.options.ids('n');
    const { component, preset, confidence, because, alternatives } = recogniseLabel(part.lines, components);
    const params: Params = component && preset ? (structuredClone(preset.params) as Params) : {};
    const type = component?.type ?? UNKNOWN_TYPE;
    this.ids.set(part.key, id);
    const behavior = component && (behaviorOf(component, params, true) ?? behaviorOf(component, {}, true));
    if (behavior) this.ends.set(id, edgeEnd(type, behavior));
    this.design.nodes[id] = { id, type, name: part.name, params, ...this.home(part.area), ...(confidence === 'sure' ? {} : { guessed: { confidence, because } }) };
    return { target: { kind: 'node', id }, what: part.name, became: preset?.title ?? component?.title ?? 'Not typed yet', type, confidence, because: part.lines.length === 0 ? 'nothing is written on it' : because, alternatives };
  }

  nodes(): void {
    const made = this.shapes.parts.map((part) => this.node(part));
    // the order of a report: nodes before the boundaries, which had to be there for the nodes to stand in
    this.guesses.unshift(...made);
  }

  notes(): void {
    for (const { key, text, area } of this.shapes.remarks) {
      const id = this.options.ids('t');
      this.ids.set(key, id);
      this.design.notes[id] = { id, text: text.slice(0, 10_000), ...this.home(area) };
    }
  }

  /** What a connection is: by its label, else by its ends. `turned`: who takes messages was drawn as their sender. */
  private kindOf(from: string, to: string, label: string): { readonly stored: EdgeKind | null; readonly shown: EdgeKind | null; readonly turned: boolean } {
    const said = kindByLabel(label);
    const [a, b] = [this.ends.get(from), this.ends.get(to)];
    if (!a || !b) return { stored: said, shown: said, turned: false };
    const turned = said === 'consume' && BROKERS.has(b.role) && !BROKERS.has(a.role);
    const [start, end] = turned ? [b, a] : [a, b];
    const inferred = inferEdgeKind(start, end);
    // a store is not called and a service is not queried: such a label says what is done there, not how
    const fits = said !== null && (said === 'ws' || said === 'replicate' || said === 'trigger' || said === inferred);
    const shown = fits ? said : inferred;
    return { stored: storedKind(start, end, shown), shown, turned };
  }

  wire({ from, to, label, confidence, because }: Wire): void {
    const [a, b] = [this.ids.get(from.key), this.ids.get(to.key)];
    if (a === undefined || b === undefined) return;
    const { stored, shown, turned } = this.kindOf(a, b, label);
    const id = this.options.ids('e');
    this.design.edges[id] = { id, from: turned ? b : a, to: turned ? a : b, ...(stored === null ? {} : { kind: stored }), params: {} };
    const sure: Confidence = stored !== null && confidence === 'sure' ? 'likely' : confidence;
    this.guesses.push({ target: { kind: 'edge', id }, what: turned ? `${to.name} to ${from.name}` : `${from.name} to ${to.name}`, became: shown === null ? 'connection' : KIND_WORDS[shown], confidence: turned ? 'guess' : sure, because: turned ? `${because}: messages come the other way` : because, alternatives: [] });
  }

  /** Where traffic enters: what the first client that calls anything calls first. */
  entry(): ImportReport['entry'] {
    const clients = new Set(Object.values(this.design.nodes).filter(({ type }) => type === 'client').map(({ id }) => id));
    if (clients.size === 0) {
      this.problems.push({ level: 'info', code: 'no-users', message: 'Nothing in the drawing stands for its users. Add a client and connect it to the part that they call.' });
      return null;
    }
    const target = Object.values(this.design.edges).find(({ from, to }) => clients.has(from) && Object.hasOwn(this.design.nodes, to))?.to;
    const node = target === undefined ? undefined : this.design.nodes[target];
    this.guesses.push(assumePeak(this.design, 'a drawing says nothing of traffic; assumed'));
    return node ? { node: node.id, name: node.name, peak_rps: ASSUMED_PEAK_RPS } : null;
  }

  private keyFor(key: string): string {
    return this.ids.get(key) ?? key;
  }

  /** The drawing's own places, at our sizes. */
  places(): void {
    const { parts, areas, remarks } = this.shapes;
    const { layout } = this.design;
    const names = namesOf(this.design, nameWidth);
    const home = (area: Area | null): string | null => (area === null ? null : this.keyFor(area.key));
    const boxes = parts.map(({ key, rect, area }) => ({ key: this.keyFor(key), ...middleOf(rect), w: names.get(this.keyFor(key))?.width ?? COMPONENT_WIDTH, h: COMPONENT_HEIGHT, area: home(area) }));
    const notes = remarks.map(({ key, rect, text, area }) => {
      const w = Math.round(Math.min(NOTE_WIDTH.most, Math.max(NOTE_WIDTH.least, rect.w)) / 8) * 8;
      return { key: this.keyFor(key), ...middleOf(rect), w, h: noteHeight(text, w), area: home(area) };
    });
    const rects = keepPlaces([...boxes, ...notes], areas.map(({ key, rect, area }) => ({ key: this.keyFor(key), rect, area: home(area) })));
    for (const [id, { x, y, w, h }] of rects) {
      if (Object.hasOwn(this.design.nodes, id)) layout.nodes[id] = { x, y };
      else if (Object.hasOwn(this.design.notes, id)) layout.notes[id] = { x, y, w, h };
      else layout.boundaries[id] = { x, y, w, h };
    }
  }
}

/** Build the proposal: every component where it was drawn, areas around them, notes and connections. */
export function assemble(title: string, shapes: Shapes, wires: readonly Wire[], options: ImportOptions): Pick<ImportReport, 'design' | 'guesses' | 'problems' | 'entry'> {
  const assembler = new Assembler(title, shapes, options);
  assembler.areas();
  assembler.nodes();
  assembler.notes();
  for (const wire of wires) assembler.wire(wire);
  const entry = assembler.entry();
  assembler.places();
  return { design: assembler.design, guesses: assembler.guesses, problems: assembler.problems, entry };
}
