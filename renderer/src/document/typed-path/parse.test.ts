import { describe, expect, it } from 'vitest';
import { parseLine, written } from './parse.ts';

/** A line as one short text: each item with what it hangs on. */
function short(text: string): string {
  const { journey, items } = parseLine(text);
  const marks = { call: '>', async: '>>', replicate: '=' } as const;
  const shown = items.map(({ word, units, zones, kind, fresh, both, after, join }) => {
    const counts = `${units === null ? '' : ` x${units}`}${zones === null ? '' : ` z${zones}`}${kind === null ? '' : ` (${kind})`}${fresh ? ' !new' : ''}${both ? ' !both' : ''}`;
    return `${after === 'start' ? '' : `${after.map((index) => items[index]?.word ?? '?').join('+')} `}${after === 'start' && join === 'call' ? '' : `${marks[join]} `}${word}${counts}`;
  });
  return [...(journey ? [`${journey.name}:`] : []), shown.join(' | ')].join(' ');
}

describe('the grammar', () => {
  it.each([
    ['', ''],
    ['api', 'api'],
    ['  load   balancer ', 'load balancer'],
    ['a > b > c', 'a | a > b | b > c'],
    ['a>b', 'a | a > b'],
    ['a -> b --> c => d', 'a | a > b | b > c | c > d'],
    ['a \u2192 b', 'a | a > b'],
    ['a >> b', 'a | a >> b'],
    ['a = b', 'a | a = b'],
    // a comma goes back to the source, > goes on from the word before it
    ['a > b, c', 'a | a > b | a > c'],
    ['a > b, c > d, e', 'a | a > b | a > c | c > d | c > e'],
    ['a >> b, c', 'a | a >> b | a >> c'],
    // nothing to go back to at the start: all of them call what follows
    ['web, app > lb > api', 'web | app | web+app > lb | lb > api'],
    ['redirect: client > api', 'redirect: client | client > api'],
    ['Sign up:client', 'Sign up: client'],
    ['a > b: c', 'a | a > b: c'],
    ['api x3 z2', 'api x3 z2'],
    ['api z2 x3', 'api x3 z2'],
    ['api \u00d73', 'api x3'],
    ['api x3 z2 > redis x2 z2, postgres x2 z2', 'api x3 z2 | api > redis x2 z2 | api > postgres x2 z2'],
    ['x3', 'x3'],
    ['x3 z2', 'x3 z2'],
    ['api (fastapi) x3', 'api x3 (fastapi)'],
    ['api x3 (fastapi)', 'api x3 (fastapi)'],
    ['(redis) x2', 'x2 (redis)'],
    ['redis (new)', 'redis !new'],
    ['redis (valkey, both)', 'redis (valkey) !both'],
    ['api (fast > db', 'api (fast) | api > db'],
    ['"RabbitMQ, one node" x2 > b', 'RabbitMQ, one node x2 | RabbitMQ, one node > b'],
    ['"open > ended', 'open > ended'],
    // what cannot be used is left out
    ['> a', 'a'],
    ['>> a, b', '>> a | >> b'],
    ['a > > b', 'a | a > b'],
    ['a >, b', 'a | a > b'],
    ['a, > b', 'a | b'],
    ['a > b, >> c', 'a | a > b | a >> c'],
    ['a,, b >', 'a | b'],
    [':', ':'],
    ['()', ''],
    ['>>>', ''],
  ])('%s', (text, expected) => expect(short(text)).toBe(expected));

  it('knows where each item and its words stand', () => {
    const text = 'j:  load balancer x3 (nginx) > b';
    const [first] = parseLine(text).items;
    expect(first && text.slice(first.span.start, first.span.end)).toBe('load balancer x3 (nginx)');
    expect(first && text.slice(first.wordSpan.start, first.wordSpan.end)).toBe('load balancer');
  });

  it.each(['API', 'Load balancer', 'RabbitMQ, one node', 'Orders > old', 'Redis (eu)', 'api x3', 'a: b', 'Postgres = copy'])('a name is read back as it is written: %s', (name) => {
    expect(parseLine(`client > ${written(name)} > b`).items[1]?.word).toBe(name);
  });
});
