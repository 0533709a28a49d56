import type { Component, NodeFigures, Silhouette } from '../contracts/component.ts';
import { edgeEnd, type EdgeEnd } from '../contracts/edge-kind.ts';
import { resolveParams } from '../contracts/params.ts';
import type { Design, DesignNode } from '../model/design.ts';

/** Width and height of a component on the paper, canvas units (ui 3.2); names may widen it. */
export const COMPONENT_WIDTH = 184;
export const COMPONENT_HEIGHT = 64;

/** What the drawing of a component needs to know about its type and its parameters, never about load. */
export interface ComponentFacts {
  readonly component: Component | null;
  readonly silhouette: Silhouette;
  /** SVG path data on a 20 x 20 grid. */
  readonly glyph: string;
  readonly title: string;
  readonly figures: NodeFigures;
  /** Interchangeable units drawn: instances, brokers, primary plus standbys. */
  readonly units: number;
  readonly end: EdgeEnd | null;
}

/** A box with a question mark: a part of an import that nobody has typed yet. */
const UNKNOWN_GLYPH = 'M3.5 3.500h13v13h-13zM8 8.200a2 2 0 1 1 2.900 1.800c-.6.300-.9.700-.9 1.300M10 13.600v.2';

const UNKNOWN: ComponentFacts = { component: null, silhouette: 'unknown', glyph: UNKNOWN_GLYPH, title: 'Not typed yet', figures: { primary: 'rps', secondary: 'none' }, units: 1, end: null };

/** The catalogue's entry for a type, one of its aliases or one of its presets; null when it has none. */
export function findComponent(components: ReadonlyMap<string, Component>, type: string): Component | null {
  const known = components.get(type);
  if (known) return known;
  for (const component of components.values()) {
    if (component.aliases?.includes(type) || component.presets?.some((preset) => preset.id === type)) return component;
  }
  return null;
}

/** Facts of a component from its type (null when nobody has typed it) and its parameters. */
export function factsOf(node: DesignNode, component: Component | null): ComponentFacts {
  if (!component) return UNKNOWN;
  const { values, stated } = resolveParams(component.params, node.params);
  const behavior = component.behavior(values, { stated, managed: node.managed ?? false, hot_set_bytes: 0 });
  const { units, redundancy } = behavior.failure;
  return {
    component,
    silhouette: component.silhouette,
    glyph: component.icon,
    title: component.title,
    figures: component.figures,
    units: redundancy === 'service' ? 1 : Math.max(1, Math.round(units)),
    end: edgeEnd(component.type, behavior),
  };
}

/** How many of three zones a component uses, or null when the drawing says nothing about zones. */
export function zonesUsed(design: Design, node: DesignNode): number | null {
  if (typeof node.zone_spread === 'number') return node.zone_spread;
  const seen = new Set<string>();
  for (let id = node.boundary ?? null; id !== null && !seen.has(id); id = design.boundaries[id]?.parent ?? null) {
    seen.add(id);
    if (design.boundaries[id]?.kind === 'zone') return 1;
  }
  return null;
}

/** How far plates reach up and to the right. */
export function platesOf(units: number): number {
  return units > 2 ? 8 : units > 1 ? 4 : 0;
}

/** Text of the multiplicity, empty for a single unit. */
export function multiplicityText(units: number): string {
  return units > 1 ? `×${units > 999 ? '999+' : units}` : '';
}

/** The tab's inside (ui 3.2), canvas units: paper at both sides with the border, between text and dots; dots, and from one to the next. */
export const TAB_INSIDE = { side: 8, between: 4, dot: 5.5, pitch: 9.5 } as const;

/** Width of the three dots. */
export const DOTS_WIDTH = 2 * TAB_INSIDE.pitch + TAB_INSIDE.dot;

/** Width of the tab on the top right, 0 when there is none: the text's slot and the three dots' slot. */
export function tabWidth(units: number, zones: number | null): number {
  const text = multiplicityText(units);
  if (text === '' && zones === null) return 0;
  return 2 * TAB_INSIDE.side + (text === '' ? 0 : Math.ceil(text.length * 6.6)) + (text !== '' && zones !== null ? TAB_INSIDE.between : 0) + (zones === null ? 0 : DOTS_WIDTH);
}
