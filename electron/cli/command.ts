import type { parseArgs, ParseArgsConfig } from 'node:util';
import type { CliIo } from './io.ts';

/** How the program ends: 0 done, 1 findings or failures, 2 the input was refused, 3 wrong usage. */
export const EXIT = { ok: 0, findings: 1, refused: 2, usage: 3 } as const;

/** One of the four ways to end. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The option table of a command, in the form of `node:util` parseArgs. `help` is added to every command. */
export type CommandOptions = NonNullable<ParseArgsConfig['options']>;

/** What a command is called with: option values by name, and the remaining words. */
export type CommandInput = Pick<ReturnType<typeof parseArgs<{ strict: true; allowPositionals: true }>>, 'positionals'> & {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
};

/** One word after `plumbline`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name, as in "FILE [--json]". */
  readonly usage: string;
  /** What each option and the output mean, one entry a line. */
  readonly details: readonly string[];
  readonly options: CommandOptions;
  run(input: CommandInput, io: CliIo): Promise<ExitCode> | ExitCode;
}
