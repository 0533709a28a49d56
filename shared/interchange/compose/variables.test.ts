import { expect, test } from 'vitest';
import { interpolate, readEnvFile } from './variables.ts';

const lookup = (name: string): string | undefined => ({ HOST: 'db', EMPTY: '', PORT: '5432' })[name];

test.each([
  ['$HOST:${PORT}', 'db:5432'],
  ['${NONE:-redis}', 'redis'],
  ['${EMPTY:-x}|${EMPTY-x}', 'x|'],
  ['${NONE:-${HOST:-a}}/${NONE:-${GONE:-deep}}', 'db/deep'],
  ['${HOST:+set}${NONE:+set}', 'set'],
  ['${NONE:?is missing}', ''],
  ['$$HOME costs 5$', '$HOME costs 5$'],
  ['${broken', '${broken'],
])('%s becomes %s', (text, expected) => expect(interpolate(text, lookup)).toBe(expected));

test('nested defaults end, however deep they are written', () => {
  expect(interpolate(`${'${A:-'.repeat(500)}x${'}'.repeat(500)}`, () => undefined).length).toBeLessThan(5000);
});

test('.env files: comments, quotes, export and values that use earlier ones', () => {
  const found = readEnvFile('# note\nexport HOST=kafka # a broker\nADDR=${HOST}:9092\nRAW=\'${HOST}\'\nTEXT="a b"\n\nnot a line\n');
  expect([...found]).toEqual([['HOST', 'kafka'], ['ADDR', 'kafka:9092'], ['RAW', '${HOST}'], ['TEXT', 'a b']]);
});
