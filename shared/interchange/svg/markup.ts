/** A piece of SVG whose texts and attributes are escaped. Made by this file only. */
export type Markup = string & { readonly __escaped: true };

/** Attributes of an element; undefined ones are left out, numbers are written to two decimals. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Characters that no XML 1.0 document may hold, halves of pairs included. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Characters that change the direction of all that follows them. */
const STEERING = /[\u202a-\u202e\u2066-\u2069]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(value: string): string {
  return value.replace(FORBIDDEN, '\ufffd').replace(STEERING, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function written(value: string | number): string {
  if (typeof value === 'string') return escaped(value);
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

/** Text between tags. */
export function text(value: string): Markup {
  return escaped(value) as Markup;
}

/** An element with its attributes and its content. */
export function element(name: string, attributes: Attributes, ...content: readonly Markup[]): Markup {
  const list = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${written(value)}"`]));
  const inside = content.join('');
  return `<${name}${list.join('')}${inside === '' ? '/>' : `>${inside}</${name}>`}` as Markup;
}

/** A group whose members stand on lines of their own; nothing when there are none. */
export function group(attributes: Attributes, members: readonly Markup[]): Markup {
  const shown = members.filter((member) => member !== '');
  return shown.length === 0 ? ('' as Markup) : element('g', attributes, `\n${shown.join('\n')}\n` as Markup);
}

/** Several pieces, one after another. */
export function join(...pieces: readonly Markup[]): Markup {
  return pieces.join('') as Markup;
}

/** Nothing. */
export const NOTHING = '' as Markup;

/** Families of the two fonts: the bundled ones, then what most systems have. The picture as a whole is set in `text`. */
export const FAMILIES = {
  text: 'Inter Variable, Inter, Segoe UI, Helvetica Neue, Arial, sans-serif',
  mono: 'JetBrains Mono Variable, JetBrains Mono, Menlo, Consolas, monospace',
} as const;

/** How a line of text is set. `size` in canvas units. */
export interface TextStyle {
  readonly font: 'text' | 'mono';
  readonly size: number;
  readonly weight: 400 | 500 | 600;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** One line of text whose baseline starts, or by `anchor` ends or is centred, at a point. */
export function line(x: number, y: number, value: string, style: TextStyle): Markup {
  const { font, size, weight, fill, anchor } = style;
  return element('text', { x, y, 'font-family': font === 'mono' ? FAMILIES.mono : undefined, 'font-size': size, 'font-weight': weight, fill, 'text-anchor': anchor === 'start' ? undefined : anchor }, text(value));
}
