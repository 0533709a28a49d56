/**
 * The only file that imports zod: it must be configured `jitless` before the first schema exists, because zod
 * otherwise probes `new Function`, which the page's content security policy reports as a violation.
 */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
