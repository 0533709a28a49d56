import { expect, test } from 'vitest';
import { Readers, ReadSum, type Answer } from './read-log.ts';

test('who takes a lane is kept once, also when there are more lanes than were foreseen', () => {
  const readers = new Readers(3, 1);
  const lanes = Array.from({ length: 9 }, () => readers.open());
  for (const lane of lanes) for (const journey of [lane % 3, lane % 3, 2]) readers.note(lane, journey);
  expect(lanes.map((lane) => readers.count(lane))).toEqual([2, 2, 1, 2, 2, 1, 2, 2, 1]);
  expect(lanes.map((lane) => [0, 1, 2].filter((journey) => readers.has(lane, journey)))).toEqual([[0, 2], [1, 2], [2], [0, 2], [1, 2], [2], [0, 2], [1, 2], [2]]);
});

test('answers of one way share a lane, each with its own part of what is hidden', () => {
  const readers = new Readers(1, 4);
  const answer = (way: number, unseen: number): Answer => ({ via: 0, way, staleness: { kind: 'cache', p99S: 0, unseen, latest: unseen === 0 } });
  const sum = new ReadSum();
  for (const [way, unseen, weight] of [[0, 0, 6], [1, 0.5, 3], [0, 0.25, 1]] as const) {
    const one = answer(way, unseen);
    sum.add(sum.laneOf(one, readers), one.staleness, weight);
  }
  expect(sum.lanes.map(({ weight }) => weight)).toEqual([7, 3]);
  expect([sum.weight, sum.unseen, sum.latest]).toEqual([10, 0.175, false]);
});
