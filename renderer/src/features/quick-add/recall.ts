let last = '';

/** Remember a line that was drawn. */
export function rememberLine(text: string): void {
  if (text.trim() !== '') last = text;
}

/** The line that was drawn last in this window; empty when there is none. */
export function lastLine(): string {
  return last;
}
