import { describe, expect, test } from 'vitest';
import { createFileTable } from './browser-files.ts';

const file = (name: string, text: string | Uint8Array<ArrayBuffer>): File => new File([text], name);

describe('files in a browser', () => {
  test('are read as text, and a picture is refused by name', async () => {
    const table = createFileTable();
    const read = await table.readAll([{ file: file('a.plumb', '\uFEFF{}') }]);
    expect(read).toMatchObject({ ok: true, value: [{ name: 'a.plumb', folder: null, text: '{}' }] });
    const refused = await table.readAll([{ file: file('p.png', Uint8Array.of(0x89, 0xff)) }]);
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-text', name: 'p.png' } });
  });

  test('related files are those that were chosen together', async () => {
    const table = createFileTable();
    const read = await table.readAll([{ file: file('compose.yml', 'x') }, { file: file('.env', 'A=1') }]);
    const ref = read.ok ? (read.value[0]?.ref ?? null) : null;
    expect(await table.readRelated(ref, ['./.env', '../other.env'])).toEqual({
      files: { './.env': 'A=1' },
      notFollowed: [{ path: '../other.env', reason: 'was not chosen with the file' }],
    });
    expect((await table.readRelated(null, ['.env'])).files).toEqual({});
  });
});
