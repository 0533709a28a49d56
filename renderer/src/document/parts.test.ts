import { expect, it } from 'vitest';
import { PARTS, resolvePart, searchParts, suggestPart } from './parts.ts';

it.each([
  ['gunicorn', 'service'],
  ['Gunicorn', 'service'],
  ['postgres', 'rdbms'],
  ['redis', 'redis'],
  ['kong', 'gateway-kong'],
  ['celery', 'celery-worker'],
  ['rabbit', 'rabbitmq'],
  ['browser', 'client'],
])('typing %s finds %s first', (text, type) => {
  expect(searchParts(text)[0]?.component.type).toBe(type);
});

it('lists each type once for an empty text, and nothing for nonsense', () => {
  const types = searchParts('').map((part) => part.id);
  expect(new Set(types).size).toBe(types.length);
  expect(searchParts('zzzz')).toEqual([]);
});

it('resolves every part by its own id, types before presets of the same id', () => {
  for (const part of PARTS) expect(resolvePart(part.id)?.component).toBe(PARTS.find((other) => other.id === part.id)?.component);
  expect(resolvePart('no-such-part')).toBeUndefined();
});

it('suggests what a slip of the finger meant', () => {
  expect(suggestPart('redsi')?.title).toBe('Redis');
  expect(suggestPart('ngnix')?.title).toBe('Nginx');
  expect(suggestPart('xq')).toBeNull();
  expect(suggestPart('warehouse of things')).toBeNull();
});
