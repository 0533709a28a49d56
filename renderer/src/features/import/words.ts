import type { Confidence, ImportReport } from '../../../../shared/interchange/import-report.ts';
import type { Problem } from '../../../../shared/lib/result.ts';

/** "1 component", "3 components". */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** Ticks of three for each confidence. */
export const TICKS: Readonly<Record<Confidence, number>> = { sure: 3, likely: 2, guess: 1 };

const isYaml = (name: string): boolean => /\.ya?ml$/i.test(name);

/** "compose.yaml", "compose.yaml and .env", "compose.yaml, .env and 3 more": YAML before what it is completed with. */
export function sourcesText(files: readonly string[]): string {
  const sources = [...files.filter(isYaml), ...files.filter((name) => !isYaml(name))];
  const shown = sources.length > 3 ? sources.slice(0, 2) : sources;
  const rest = sources.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Where a problem is, when its sentence does not already say so. */
export function placeOf({ message, where, line }: Problem): string | null {
  const at = line !== undefined && !message.includes(`line ${line}`) ? `line ${line}` : null;
  const file = where !== undefined && !message.includes(where) ? where : null;
  return file === null ? at : at === null ? file : `${file}, ${at}`;
}

/** How many components bear the mark of a guess. */
export function openGuesses({ design }: ImportReport): number {
  return Object.values(design.nodes).filter(({ guessed }) => guessed !== undefined && guessed.confidence !== 'sure').length;
}

/** What the notice says after an import. */
export function importedNotice(report: ImportReport): string {
  const nodes = Object.keys(report.design.nodes).length;
  const edges = Object.keys(report.design.edges).length;
  const guesses = openGuesses(report);
  const marked = guesses === 0 ? '' : ` ${guesses === 1 ? '1 is a guess, marked' : `${guesses} are guesses, marked`} with a question mark.`;
  return `Imported ${counted(nodes, 'component')} and ${counted(edges, 'connection')}.${marked}`;
}
