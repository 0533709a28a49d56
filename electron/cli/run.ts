import { parseArgs } from 'node:util';
import { EXIT, type Command, type ExitCode } from './command.ts';
import { RefusedInput, WrongUsage } from './errors.ts';
import type { CliIo } from './io.ts';

const exitCodes = 'Exit codes: 0 ok, 1 findings or failures, 2 refused input, 3 wrong usage.\n';

function overview(commands: readonly Command[]): string {
  const width = Math.max(0, ...commands.map((command) => command.name.length));
  const list = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`).join('\n');
  return `Usage: plumbline COMMAND [OPTIONS]\n\n${list}\n\n"plumbline COMMAND --help" explains one command; "--version" prints the version.\n${exitCodes}`;
}

function explain(command: Command): string {
  const details = command.details.map((line) => `  ${line}`).join('\n');
  return `Usage: plumbline ${command.name} ${command.usage}\n\n${command.summary}\n\n${details}\n\n${exitCodes}`;
}

async function runCommand(command: Command, args: readonly string[], io: CliIo): Promise<ExitCode> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      strict: true,
      allowPositionals: true,
    });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
  if (parsed.values.help === true) {
    io.out(explain(command));
    return EXIT.ok;
  }
  return command.run({ values: parsed.values, positionals: parsed.positionals }, io);
}

async function dispatch(commands: readonly Command[], argv: readonly string[], io: CliIo, version: string): Promise<ExitCode> {
  const [word, ...rest] = argv;
  if (word === '--version') {
    io.out(`${version}\n`);
    return EXIT.ok;
  }
  if (word === '--help' || word === '-h' || word === 'help') {
    io.out(overview(commands));
    return EXIT.ok;
  }
  if (word === undefined) throw new WrongUsage('a command is missing');
  const command = commands.find((known) => known.name === word);
  if (command === undefined) throw new WrongUsage(`"${word}" is not a command`);
  return runCommand(command, rest, io);
}

/** Run the program with the words after its name. Every outcome is an exit code; nothing is thrown. */
export async function run(commands: readonly Command[], argv: readonly string[], io: CliIo, version: string): Promise<ExitCode> {
  try {
    return await dispatch(commands, argv, io, version);
  } catch (error) {
    if (error instanceof WrongUsage) {
      io.err(`plumbline: ${error.message}. See "plumbline --help".\n`);
      return EXIT.usage;
    }
    if (error instanceof RefusedInput) {
      io.err(`plumbline: ${error.message}\n`);
      return EXIT.refused;
    }
    io.err(`plumbline: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.findings;
  }
}
