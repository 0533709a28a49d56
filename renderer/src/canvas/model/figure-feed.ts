import type { Evaluation, LoadFigures } from '../../../../shared/contracts/evaluation.ts';
import type { RangesResult } from '../../../../shared/contracts/uncertainty.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { findingMarks, type FindingMark } from '../../../../shared/drawing/finding-marks.ts';
import { READABLE_MS } from '../../evaluation/readable.ts';
import { componentFacts } from '../component-facts.ts';
import { drawnKind } from '../connect-rules.ts';
import { edgeLook, labelled, labelWordings, lineOf, type EdgeLook, type Wordings } from '../../../../shared/drawing/edge-figures.ts';
import { barShare, nodeHeat, nodeText, type NodeHeat, type NodeText } from '../../../../shared/drawing/node-figures.ts';
import { createKeyedStore, sameFlat, type KeyedStore } from '../keyed-store.ts';

/** Which connections carry a label: where it says most, all with room for one, or none. */
export type WhichLabels = 'usual' | 'all' | 'none';

/** The answer at the dial's load, the one at 1x, and the newest figures while the dial moves. */
export interface Answers { readonly current: Evaluation | null; readonly base: Evaluation | null; readonly load: LoadFigures | null }

/** Everything that load changes on the canvas, by id. */
export interface FigureFeed {
  /** Bar length, 0 to 1: written to the page without rendering anything. */
  readonly bars: KeyedStore<number>;
  readonly heat: KeyedStore<NodeHeat>;
  readonly texts: KeyedStore<NodeText>;
  readonly looks: KeyedStore<EdgeLook>;
  readonly findings: KeyedStore<FindingMark>;
  readonly labels: KeyedStore<Wordings>;
  /** Connections that carry a label unasked; decided at 1x, so that no label comes or goes with the dial. */
  labelled(): readonly string[];
  /** Take over an answer; bars and lines follow `load` where it is newer. `plain` is Whiteboard: no load anywhere; `which` connections carry a label. */
  show(design: Design, answers: Answers, plain: boolean, which: WhichLabels, width: (id: string) => number): void;
  /** Bars and lines follow the load alone; what is written waits for the next answer. */
  showLoad(load: LoadFigures | null): void;
  /** Connections that a selected finding names: from the next `show` on they carry a label, too. */
  nameEdges(ids: readonly string[]): void;
  /** Write figures as ranges from now on, where they are those of the answer on show; null writes points again. */
  showRanges(ranges: RangesResult | null): void;
  stop(): void;
}

/** Calls `run` now, then at most once in the interval, and once more at its end when something was held back. */
function createThrottle(interval: number, run: () => void): { call(): void; stop(): void } {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const fire = (): void => {
    timer = null;
    last = performance.now();
    run();
  };
  return {
    call: () => {
      if (timer !== null) return;
      const wait = last + interval - performance.now();
      if (wait <= 0) fire();
      else timer = setTimeout(fire, wait);
    },
    stop: () => void (timer !== null && clearTimeout(timer)),
  };
}

const sameWordings = (a: Wordings, b: Wordings): boolean => a.length === b.length && a.every((word, index) => word === b[index]);

interface Shown { readonly design: Design; readonly current: Evaluation | null; readonly load: LoadFigures | null; readonly plain: boolean; readonly width: (id: string) => number }

/** Connections with a label, those first where it says most. */
function labelledBy(which: WhichLabels, design: Design, base: Evaluation, named: readonly string[]): readonly string[] {
  if (which === 'none') return [];
  const usual = [...new Set([...named.filter((id) => Object.hasOwn(base.edges, id)), ...labelled(design, base)])];
  return which === 'usual' ? usual : [...new Set([...usual, ...Object.keys(design.edges).filter((id) => lineOf(base.edges[id]?.kind ?? null) !== 'platform')])];
}

/** Words and figures of every component that has a result. */
function textsOf({ design, current, plain, width }: Shown, ranges: RangesResult | null): ReadonlyMap<string, NodeText> {
  const texts = new Map<string, NodeText>();
  if (!current || plain) return texts;
  for (const node of Object.values(design.nodes)) {
    const result = current.nodes[node.id];
    if (result) texts.set(node.id, nodeText(componentFacts(node), result, width(node.id), ranges?.nodes[node.id]));
  }
  return texts;
}

/** Bars, heat and lines, of the newest figures that are known. */
function heatOf({ design, current, load, plain }: Shown): { readonly bars: ReadonlyMap<string, number>; readonly heat: ReadonlyMap<string, NodeHeat>; readonly looks: ReadonlyMap<string, EdgeLook> } {
  const figures = load ?? current;
  const [bars, heat, looks] = [new Map<string, number>(), new Map<string, NodeHeat>(), new Map<string, EdgeLook>()];
  for (const node of figures && !plain ? Object.values(design.nodes) : []) {
    const result = figures?.nodes[node.id];
    if (!result) continue;
    const facts = componentFacts(node);
    const share = barShare(facts, result);
    if (share !== null) bars.set(node.id, share);
    heat.set(node.id, nodeHeat(facts, result));
  }
  for (const edge of Object.values(design.edges)) looks.set(edge.id, edgeLook(drawnKind(design, edge), figures?.edges[edge.id], plain));
  return { bars, heat, looks };
}

/** An empty feed. */
export function createFigureFeed(onLabels: () => void): FigureFeed {
  const bars = createKeyedStore<number>();
  const heat = createKeyedStore<NodeHeat>(sameFlat);
  const texts = createKeyedStore<NodeText>(sameFlat);
  const looks = createKeyedStore<EdgeLook>(sameFlat);
  const findings = createKeyedStore<FindingMark>(sameFlat);
  const labels = createKeyedStore<Wordings>(sameWordings);
  let shown: Shown | null = null;
  let ranges: RangesResult | null = null;
  let withLabel: readonly string[] = [];
  let named: readonly string[] = [];
  let labelsOf: { readonly design: Design; readonly base: Evaluation | null; readonly plain: boolean; readonly which: WhichLabels; readonly named: readonly string[] } | null = null;

  const showTexts = (): void => {
    if (!shown) return;
    const { design, current, plain } = shown;
    const known = ranges !== null && ranges.multiple === current?.multiple ? ranges : null;
    texts.replace(textsOf(shown, known));
    findings.replace(plain ? new Map() : findingMarks(current));
    labels.replace(current && !plain ? labelWordings(design, current, withLabel, known?.edges) : new Map());
  };
  const throttle = createThrottle(READABLE_MS, showTexts);
  const showHeat = (next: Shown): void => {
    const found = heatOf(next);
    bars.replace(found.bars);
    heat.replace(found.heat);
    looks.replace(found.looks);
  };
  return {
    bars, heat, texts, looks, findings, labels,
    labelled: () => withLabel,
    show: (design, { current, base, load }, plain, which, width) => {
      shown = { design, current, load, plain, width };
      showHeat(shown);
      if (labelsOf?.design !== design || labelsOf.base !== base || labelsOf.plain !== plain || labelsOf.which !== which || labelsOf.named !== named) {
        labelsOf = { design, base, plain, which, named };
        withLabel = base && !plain ? labelledBy(which, design, base, named) : [];
        showTexts();
        onLabels();
      } else throttle.call();
    },
    showLoad: (load) => {
      if (!shown) return;
      shown = { ...shown, load };
      showHeat(shown);
    },
    nameEdges: (ids) => {
      if (ids.length !== named.length || ids.some((id, index) => id !== named[index])) named = ids;
    },
    showRanges: (next) => {
      if (next === ranges) return;
      ranges = next;
      throttle.call();
    },
    stop: throttle.stop,
  };
}
