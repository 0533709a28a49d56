import type { Command } from '../command.ts';
import { evaluateCommand } from './evaluate.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { oracleCommand } from './oracle.ts';
import { simulateCommand } from './simulate.ts';

/** Every command of the program, in the order of its help. Adding one is one file here and one line in this list. */
export const commands: readonly Command[] = [evaluateCommand, exportCommand, importCommand, oracleCommand, simulateCommand];
