import { describe, expect, test } from 'vitest';
import { pathForFile } from './compat.ts';

describe('path of a dropped file', () => {
  test('Electron 45: webUtils knows it', () => {
    const file = new File([], 'a.plumb');
    expect(pathForFile(file, { getPathForFile: (asked) => (asked === file ? '/w/a.plumb' : '') })).toBe('/w/a.plumb');
  });

  test('Electron 25: the file carries it; a file made by script has none', () => {
    const dropped = Object.assign(new File([], 'a.plumb'), { path: '/w/a.plumb' });
    expect(pathForFile(dropped, undefined)).toBe('/w/a.plumb');
    expect(pathForFile(new File([], 'a.plumb'), undefined)).toBe('');
  });
});
