import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CREDITS } from './credits.ts';

const root = new URL('../../../', import.meta.url);
const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { readonly devDependencies: Readonly<Record<string, string>> };

it('names the versions and licences that are used', () => {
  for (const credit of CREDITS) {
    const { license } = JSON.parse(readFileSync(new URL(`node_modules/${credit.package}/package.json`, root), 'utf8')) as { readonly license: string };
    expect([credit.name, credit.version], credit.name).toEqual([credit.name, devDependencies[credit.package]]);
    expect(license.split(' OR '), credit.name).toContain(credit.licence);
  }
});
