import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { evaluate } from '../../engine/evaluate.ts';
import { emptyDesign, type Design } from '../../model/design.ts';
import { element, text } from './markup.ts';
import { printSvg, type PictureOptions } from './print-svg.ts';

const OPTIONS: PictureOptions = { theme: 'light', background: true, scale: 1 };

function picture(drawn: Design, options: Partial<PictureOptions> = {}, multiple?: number): string {
  const evaluation = multiple === undefined ? null : evaluate(drawn, catalog, { multiple });
  return printSvg({ design: drawn, evaluation, catalog, options: { ...OPTIONS, ...options } }).svg;
}

/** The tags that are open at the end, and every name seen; throws on what XML does not allow. */
function tagsOf(svg: string): { readonly open: readonly string[]; readonly names: ReadonlySet<string> } {
  const open: string[] = [];
  const names = new Set<string>();
  const tag = /<(\/?)([a-z]+(?:[A-Z][a-z]+)*)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/y;
  for (let at = 0; at < svg.length; ) {
    if (svg[at] !== '<') {
      const end = svg.indexOf('<', at);
      const words = svg.slice(at, end === -1 ? svg.length : end);
      expect(words.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[&<>]/);
      at += words.length;
      continue;
    }
    tag.lastIndex = at;
    const found = tag.exec(svg);
    expect(found, svg.slice(at, at + 80)).not.toBeNull();
    if (!found) break;
    names.add(found[2] ?? '');
    if (found[1] === '/') expect(open.pop()).toBe(found[2]);
    else if (found[4] === '') open.push(found[2] ?? '');
    at = tag.lastIndex;
  }
  return { open, names };
}

const ALLOWED = new Set(['svg', 'title', 'desc', 'defs', 'pattern', 'rect', 'path', 'circle', 'g', 'text', 'style']);
const label = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('<script>', '</text>', '"', "'", '&', ']]>', '\u0000', '\ud800', '\u202e', '-->', 'onload=', '支付', '\n'), { maxLength: 10 }).map((parts) => parts.join('')));

function withEverything(name: string): Design {
  const drawn = design(name)
    .client('c').service('api', { instances: 3 }).rdbms('db').rabbitmq('mq').node('third-party', 'pay').node('nobody-knows', 'odd')
    .chain('c', 'api', 'db').chain('api', 'mq').chain('api', 'pay').chain('api', 'odd').boundary('z', 'zone').boundary('g', 'group', 'z').build();
  return {
    ...drawn,
    nodes: Object.fromEntries(Object.values(drawn.nodes).map((node) => [node.id, { ...node, name, team: name }])),
    boundaries: Object.fromEntries(Object.values(drawn.boundaries).map((boundary) => [boundary.id, { ...boundary, name }])),
    notes: { n: { id: 'n', text: name } },
    layout: { ...drawn.layout, boundaries: { z: { x: -40, y: -80, w: 900, h: 400 }, g: { x: -20, y: -60, w: 400, h: 200 } }, notes: { n: { x: 0, y: 400, w: 200, h: 64 } } },
  };
}

describe('a picture', () => {
  test('holds any text as text: well-formed, of known elements, and nothing else', () => {
    fc.assert(fc.property(label, (name) => {
      const svg = picture(withEverything(name));
      const { open, names } = tagsOf(svg);
      expect(open).toEqual([]);
      expect([...names].filter((found) => !ALLOWED.has(found))).toEqual([]);
      expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\ufffe\uffff]/);
    }), { numRuns: 60 });
  });

  test('refers to nothing outside and is the same every time', () => {
    const drawn = withEverything('Api');
    const svg = picture(drawn, {}, 20);
    expect(svg).not.toMatch(/href|url\((?!#plumbline-stripes\))|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
    expect(picture(structuredClone(drawn), {}, 20)).toBe(svg);
  });

  test('shows load with its legend and its multiple, and without an evaluation the types', () => {
    const drawn = design('Shop').client('c').service('api').rdbms('db').chain('c', 'api', 'db').build();
    const hot = picture(drawn, { date: '7 October 2026' }, 40);
    for (const words of ['Saturated', 'utilisation', 'At 40x load, 4k rps', '7 October 2026', 'Shop']) expect(hot).toContain(words);
    const plain = picture(drawn);
    expect(plain).toContain('Relational database');
    for (const words of ['utilisation', ' load', 'Saturated', 'finding']) expect(plain).not.toContain(words);
  });

  test('frames what a team owns, inside its paper', () => {
    const drawn = design('Shop').client('c').service('api').rdbms('db').chain('c', 'api', 'db').build();
    const width = (svg: string): number => Number(/ width="(\d+)"/.exec(svg)?.[1]);
    const owned: Design = { ...drawn, nodes: { ...drawn.nodes, db: { ...drawn.nodes['db'], id: 'db', type: 'rdbms', name: 'db', params: {}, team: 'Payments' } } };
    expect(picture(owned)).toContain('>Payments</text>');
    expect(picture(owned)).toContain('stroke-dasharray="2 4"');
    expect(width(picture(owned))).toBeGreaterThan(width(picture(drawn)));
    expect(picture(drawn)).not.toContain('stroke-dasharray="2 4"');
  });

  test('takes its size from the drawing and the scale, its paper and fonts from the options', () => {
    const drawn = withEverything('Api');
    const one = printSvg({ design: drawn, evaluation: null, catalog, options: OPTIONS });
    const two = printSvg({ design: drawn, evaluation: null, catalog, options: { ...OPTIONS, scale: 2, background: false, fonts: { text: 'QUJD"</style>', mono: 'REVG' } } });
    expect([two.width, two.height]).toEqual([one.width * 2, one.height * 2]);
    expect(one.svg).toMatch(/<rect x="-?\d+" y="-?\d+" width="\d+" height="\d+" fill="#F7F6F1"\/>\n/);
    expect(two.svg).not.toMatch(/<rect [^>]*fill="#F7F6F1"\/>\n<g>/);
    // what is no base64 does not get out of its place
    expect(two.svg).toContain("src:url(data:font/woff2;base64,QUJD/style) format('woff2')");
  });

  test('of nothing is a sheet with its title', () => {
    const { svg, width, height } = printSvg({ design: emptyDesign('Blank'), evaluation: null, catalog, options: OPTIONS });
    expect(tagsOf(svg).open).toEqual([]);
    expect(svg).toContain('>Blank</text>');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect([width, height].every((side) => side > 0)).toBe(true);
  });
});

test('numbers are written short and never as minus zero', () => {
  expect(element('g', { a: -0, b: 1 / 3, c: undefined, d: '"' }, text('a<b'))).toBe('<g a="0" b="0.33" d="&quot;">a&lt;b</g>');
});
