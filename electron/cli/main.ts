import { commands } from './commands/index.ts';
import { createCliIo } from './io.ts';
import { run } from './run.ts';

// a reader that stops early (`plumbline ... | head`) is not an error
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

process.exitCode = await run(commands, process.argv.slice(2), createCliIo(), __APP_VERSION__);
