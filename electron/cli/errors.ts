/** The input cannot be used: missing, too large, or not what it should be. The message is shown; exit code 2. */
export class RefusedInput extends Error {
  override readonly name = 'RefusedInput';
}

/** The command line itself is wrong. The message and how to get help are shown; exit code 3. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}
