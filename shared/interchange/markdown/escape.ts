/** Characters that no text file needs: control characters, halves of pairs, and those that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\ud800-\udfff]/gu;

/** Characters that mean something in a line of Markdown, in a cell of a table, as HTML or as a formula. */
const SPECIAL = /[\\`*_{}[\]<>|~&#^$!]/g;

/** What begins a list, a heading or a rule where a line starts. */
const BEGINNING = /^(?:([-+=])|(\d{1,9})([.)])(?=\s|$))/;

/** Addresses that some readers make links of. */
const ADDRESS = /(:)(?=\/\/)|(?<=\bwww)(\.)|(@)(?=\S)/gi;

/**
 * Any text as one line of Markdown that reads as that text and nothing else: no markup, no table cell, no HTML, no link,
 * no new line. Runs of white space become one space.
 */
export function plainLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(UNSEEN, '').trim();
  return line
    .replace(SPECIAL, '\\$&')
    .replace(ADDRESS, '\\$&')
    .replace(BEGINNING, (_all, mark: string | undefined, digits: string | undefined, dot: string | undefined) => (mark === undefined ? `${digits ?? ''}\\${dot ?? ''}` : `\\${mark}`));
}

/** A table. Cells are any text; those of `right` columns are aligned to the right. Nothing when there are no rows. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  if (rows.length === 0) return '';
  const row = (cells: readonly string[]): string => `| ${header.map((_title, column) => plainLine(cells[column] ?? '')).join(' | ')} |`;
  const rule = `|${header.map((_title, column) => (right.includes(column) ? ' ---: ' : ' --- ')).join('|')}|`;
  return [row(header), rule, ...rows.map(row)].join('\n');
}

/** A list, one plain line an entry. */
export function list(entries: readonly string[]): string {
  return entries.map((entry) => `- ${plainLine(entry)}`).join('\n');
}
