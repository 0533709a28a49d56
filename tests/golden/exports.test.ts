import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { evaluate } from '../../shared/engine/evaluate.ts';
import { printMarkdown } from '../../shared/interchange/markdown/print-markdown.ts';
import { printSvg } from '../../shared/interchange/svg/print-svg.ts';
import type { Design } from '../../shared/model/design.ts';
import { design } from '../support/design-builder.ts';

const threeBox = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').build();
const pipeline = catalog.templates.find(({ id }) => id === 'video-pipeline')?.design ?? expect.unreachable();
const drawings: readonly (readonly [string, Design])[] = [['three-box', threeBox], ['video-pipeline', pipeline]];

/** What an exported picture must never hold (a picture may be opened anywhere). */
const FOREIGN = /<script|<foreignObject|<image|<use|<animate|<set|href=|\son\w+=|@import|url\((?!#|data:font)|<!--|<!DOCTYPE/i;

describe.each(drawings)('%s', (name, drawn) => {
  const evaluation = evaluate(drawn, catalog);

  test.each(['light', 'dark'] as const)('as a picture, %s', async (theme) => {
    const picture = printSvg({ design: drawn, evaluation, catalog, options: { theme, background: true, scale: 1, date: '7 October 2026' } });
    expect(picture.svg).not.toMatch(FOREIGN);
    await expect(picture.svg).toMatchFileSnapshot(`exports/${name}-${theme}.svg`);
  });

  test('as a report', async () => {
    await expect(printMarkdown({ design: drawn, evaluation, catalog, date: '7 October 2026' })).toMatchFileSnapshot(`exports/${name}.md`);
  });
});
