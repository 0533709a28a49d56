import { beforeEach, expect, it } from 'vitest';
import { useSession } from '../../document/session.ts';
import { recall, rememberLine } from './recall.ts';

beforeEach(() => useSession.setState({ recentLines: [] }));

it('Up goes back through the lines, Down returns, and past the latest the field is empty again', () => {
  for (const line of ['client > api', 'api > postgres', ' api > redis ']) rememberLine(line);
  const { recentLines: lines } = useSession.getState();
  expect(recall(lines, -1, 1)).toEqual({ at: 0, text: 'api > redis' });
  expect(recall(lines, 1, 1)).toEqual({ at: 2, text: 'client > api' });
  expect(recall(lines, 2, 1)).toBeNull();
  expect(recall(lines, 1, -1)).toEqual({ at: 0, text: 'api > redis' });
  expect(recall(lines, 0, -1)).toEqual({ at: -1, text: '' });
  expect(recall(lines, -1, -1)).toBeNull();
});

it('a repeated line is kept once, an empty one not at all, and thirty are kept', () => {
  for (let index = 0; index < 40; index += 1) rememberLine(`client > s${index}`);
  rememberLine('client > s20');
  rememberLine('   ');
  const { recentLines: lines } = useSession.getState();
  expect(lines).toHaveLength(30);
  expect(lines.slice(0, 2)).toEqual(['client > s20', 'client > s39']);
});
