import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cruiseLayers } from '../support/layers.mjs';

async function cruiseTree(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'layers-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    return (await cruiseLayers(folder)).violations;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('layers', () => {
  test('no import breaks a layer, and modules were looked at', async () => {
    const { modules, violations } = await cruiseLayers();
    expect(modules).toBeGreaterThan(20);
    expect(violations).toEqual([]);
  }, 60_000);

  test.each([
    ['shared-is-at-the-bottom', 'shared/engine/a.ts', 'catalog/b.ts', '../../catalog/b.ts'],
    ['main-does-not-evaluate', 'electron/main/a.ts', 'shared/engine/b.ts', '../../shared/engine/b.ts'],
    ['renderer-not-electron', 'renderer/src/ui/a.ts', 'electron/main/b.ts', '../../../electron/main/b.ts'],
    ['engine-in-cli-and-workers', 'renderer/src/features/x/a.ts', 'shared/engine/b.ts', '../../../../shared/engine/b.ts'],
    ['features-are-strangers', 'renderer/src/features/x/a.ts', 'renderer/src/features/y/b.ts', '../y/b.ts'],
    ['catalog-is-content', 'catalog/a.ts', 'shared/engine/b.ts', '../shared/engine/b.ts'],
  ])('%s catches a broken import, types included', async (rule, from, to, specifier) => {
    const violations = await cruiseTree({ [from]: `import type { B } from '${specifier}';\nexport type A = B;\n`, [to]: 'export type B = 1;\n' });
    expect(violations).toContain(`${rule}: ${from} -> ${to}`);
  });
});
