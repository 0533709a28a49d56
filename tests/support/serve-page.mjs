/** Serves the built page for the tests, with the real headers. Usage: node tests/support/serve-page.mjs PORT */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { servePage } from '../../out/dev/serve.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await servePage(path.join(root, 'out', 'renderer'), Number(process.argv[2] ?? 0));
console.log(page.url);
