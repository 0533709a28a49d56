import type { HostError } from '../../../shared/ipc/host-api.ts';
import { errorCode } from './atomic-save.ts';

type Known = readonly [code: HostError['code'], sentence: (name: string) => string];

const reading: Readonly<Record<string, Known>> = {
  ENOENT: ['not-found', (name) => `${name} does not exist any more.`],
  EACCES: ['no-permission', (name) => `${name} cannot be read: its permissions do not allow it.`],
  EPERM: ['no-permission', (name) => `${name} cannot be read: its permissions do not allow it.`],
  EISDIR: ['failed', (name) => `${name} is a folder.`],
};

const asBefore = 'Your file is as it was; the changes since are still in this window.';

const writing: Readonly<Record<string, Known>> = {
  ENOSPC: ['disk-full', () => `The disk is full. ${asBefore} Free some space and save again.`],
  EDQUOT: ['disk-full', () => `Your disk quota is used up. ${asBefore} Free some space and save again.`],
  EROFS: ['read-only', (name) => `${name} is read-only. ${asBefore} Save it under another name.`],
  EACCES: ['no-permission', (name) => `The folder of ${name} does not allow writing. ${asBefore} Save it elsewhere.`],
  EPERM: ['no-permission', (name) => `The folder of ${name} does not allow writing. ${asBefore} Save it elsewhere.`],
  ENOENT: ['not-found', (name) => `The folder of ${name} does not exist any more. ${asBefore} Save it elsewhere.`],
  EISDIR: ['failed', (name) => `${name} is a folder. Save under another name.`],
  ENAMETOOLONG: ['failed', (name) => `The name "${name.slice(0, 40)}" is too long for this disk. Save under a shorter one.`],
};

function explain(table: Readonly<Record<string, Known>>, error: unknown, name: string, otherwise: string): HostError {
  const code = errorCode(error);
  const known = table[code];
  if (known !== undefined) return { code: known[0], message: known[1](name), name };
  return { code: 'failed', message: code === '' ? otherwise : `${otherwise} The system says ${code}.`, name };
}

/** Why a file could not be read, as a sentence for the user. */
export function readError(error: unknown, name: string): HostError {
  return explain(reading, error, name, `${name} could not be read.`);
}

/** Why a file could not be written, as a sentence for the user; says that the old content is safe. */
export function writeError(error: unknown, name: string): HostError {
  return explain(writing, error, name, `${name} could not be saved. ${asBefore}`);
}
