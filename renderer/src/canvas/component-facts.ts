import type { Component } from '../../../shared/contracts/component.ts';
import { factsOf, type ComponentFacts } from '../../../shared/drawing/component-facts.ts';
import type { DesignNode } from '../../../shared/model/design.ts';
import { resolvePart } from '../document/parts.ts';

const components = new Map<string, Component | null>();
const known = new WeakMap<DesignNode, ComponentFacts>();

/** The catalogue's entry for a type, an alias of it or a preset of it. */
export function componentOf(type: string): Component | null {
  let component = components.get(type);
  if (component === undefined) components.set(type, (component = resolvePart(type)?.component ?? null));
  return component;
}

/** Facts of a component; computed once for each state of it. */
export function componentFacts(node: DesignNode): ComponentFacts {
  let facts = known.get(node);
  if (!facts) known.set(node, (facts = factsOf(node, componentOf(node.type))));
  return facts;
}
