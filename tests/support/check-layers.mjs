/** Prints every import that breaks a layer; exit code 1 if there is one. Usage: node tests/support/check-layers.mjs */
import { cruiseLayers } from './layers.mjs';

const { modules, violations } = await cruiseLayers();
for (const violation of violations) console.error(violation);
if (modules === 0) console.error('No module was looked at: the check itself is broken.');
console.log(`layers: ${modules} modules, ${violations.length} violations`);
process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0;
