import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import config from '../config/dependency-cruiser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Cruise the source folders against the layer rules.
 * @param {string} baseDir the folder that holds shared/, catalog/, electron/ and renderer/
 * @returns {Promise<{ modules: number, violations: string[] }>} violations as "rule: from -> to"
 */
export async function cruiseLayers(baseDir = root) {
  const folders = ['shared', 'catalog', 'electron', 'renderer/src'].filter((folder) => existsSync(`${baseDir}/${folder}`));
  const { output } = await cruise(folders, { ...config.options, baseDir, ruleSet: { forbidden: config.forbidden }, validate: true, outputType: undefined });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text');
  return {
    modules: output.summary.totalCruised,
    violations: output.summary.violations.map((found) => `${found.rule.name}: ${found.from} -> ${found.to}`),
  };
}
