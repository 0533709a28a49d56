import type { z } from '../lib/zod.ts';
import type { EdgeKind, Params } from '../model/design.ts';
import type { Behavior, BehaviorContext } from './behavior.ts';
import { describeParams, type ParamField, type ParamsSchema } from './params.ts';

/** Palette categories in their order. */
export const CATEGORIES = ['edge', 'compute', 'data', 'messaging', 'platform', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Silhouette on the canvas (ui 3.2). */
export type Silhouette = 'compute' | 'store' | 'broker' | 'external' | 'client' | 'unknown';

/** A vendor name or a common configuration on top of a type. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly params: Params;
}

/** Checked for every component: with these parameters these facts hold. */
export interface ComponentExample {
  readonly title: string;
  readonly params: Params;
  readonly expect: (behavior: Behavior) => boolean;
}

/** The two figures a node shows (ui 3.2). */
export interface NodeFigures {
  readonly primary: 'rps' | 'reads' | 'writes' | 'ops' | 'messages' | 'jobs' | 'connections';
  readonly secondary: 'utilisation' | 'backlog' | 'none';
}

/** How an importer recognises the component: image names, label words, shape names, as data. */
export interface Recognition {
  /** Image name without registry and tag; a trailing `*` matches a prefix. */
  readonly images?: readonly string[];
  /** Words in a service name or label. */
  readonly words?: readonly string[];
  readonly ports?: readonly number[];
  /** URL schemes such as `postgres` or `amqp`. */
  readonly schemes?: readonly string[];
}

export interface ComponentDefinition<S extends ParamsSchema = ParamsSchema> {
  /** Kebab-case id, equal to the file name. */
  readonly type: string;
  /** Other spellings of the id that documents may use (`lb_managed`). */
  readonly aliases?: readonly string[];
  readonly version: number;
  readonly title: string;
  readonly category: Category;
  readonly silhouette: Silhouette;
  /** SVG path data on a 20 x 20 grid, stroked 1.5, no fill. */
  readonly icon: string;
  readonly keywords: readonly string[];
  readonly figures: NodeFigures;
  readonly params: S;
  readonly behavior: (params: z.output<S>, context: BehaviorContext) => Behavior;
  /** Values that unset parameters take from others (workers from cores), for the form: key to value and its reason. */
  readonly effective?: (params: z.output<S>) => Readonly<Record<string, { readonly value: number | string; readonly because: string }>>;
  /** Why a connection of this kind cannot arrive here, as a sentence; null accepts it. */
  readonly accepts?: (kind: EdgeKind) => string | null;
  readonly presets?: readonly Preset[];
  readonly recognition?: Recognition;
  readonly docs: { readonly what: string; readonly when: string; readonly whenNot: string };
  readonly examples: readonly ComponentExample[];
}

/** A component with its type parameter erased, as the registry holds it. */
export interface Component extends Omit<ComponentDefinition, 'behavior' | 'params' | 'effective'> {
  readonly params: ParamsSchema;
  readonly fields: readonly ParamField[];
  readonly behavior: (params: Readonly<Record<string, unknown>>, context: BehaviorContext) => Behavior;
  readonly effective: (params: Readonly<Record<string, unknown>>) => Readonly<Record<string, { readonly value: number | string; readonly because: string }>>;
}

/** Declare a component. Checks at load time that every parameter carries its meta. */
export function defineComponent<S extends ParamsSchema>(definition: ComponentDefinition<S>): Component {
  return {
    ...definition,
    fields: describeParams(definition.params),
    behavior: (params, context) => definition.behavior(params as z.output<S>, context),
    effective: (params) => definition.effective?.(params as z.output<S>) ?? {},
  };
}
