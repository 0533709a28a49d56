import { describe, expect, it } from 'vitest';
import { FIT, fitOf, rank, type Findable } from './rank.ts';

const line = (label: string, synonyms: readonly string[] = [], disabledReason: string | null = null): Findable => ({ label, synonyms, group: 'View', disabledReason });
const labels = (query: string, entries: readonly Findable[]): readonly string[] => rank(query, entries).map(({ label }) => label);

describe('rank', () => {
  it('puts the beginning of a label before its words, words before synonyms, synonyms before scattered letters', () => {
    const entries = [line('Hide inspector line'), line('Tidy layout', ['link order']), line('Show all links'), line('Link parts')];
    expect(labels('lin', entries)).toEqual(['Link parts', 'Hide inspector line', 'Show all links', 'Tidy layout']);
  });

  it.each([
    ['exp pic', 'Export picture…', FIT.words],
    ['picture export', 'Export picture…', FIT.words],
    ['export', 'Export picture…', FIT.prefix],
    ['port', 'Export picture…', FIT.inside],
    ['exprt', 'Export picture…', FIT.fuzzy],
    ['view zoom', 'Zoom in', FIT.synonym],
    ['muller', 'Go to Müller API', FIT.words],
    ['100', 'Zoom to 100 %', FIT.words],
  ])('%s finds %s', (query, label, fit) => expect(fitOf(query, line(label))).toBe(fit));

  it.each([['zz', 'Zoom in'], ['ot', 'Export'], ['export now', 'Export picture…'], ['xyz', 'Extend every zone']])('%s does not find %s', (query, label) => expect(fitOf(query, line(label))).toBeNull());

  it('lists everything for an empty query, in its order', () => {
    expect(labels(' ', [line('B', [], 'Nothing is selected.'), line('A')])).toEqual(['A', 'B']);
  });

  it('keeps what cannot run, behind what can and fits alike', () => {
    expect(labels('undo', [line('Undo', [], 'Nothing to undo.'), line('Undo move')])).toEqual(['Undo move', 'Undo']);
    expect(labels('undo', [line('Go back', ['undo']), line('Undo', [], 'Nothing to undo.')])).toEqual(['Undo', 'Go back']);
  });
});
