/** Looks a variable up; undefined when it is set nowhere. */
export type Lookup = (name: string) => string | undefined;

/** Longest text that interpolation may produce, in characters. */
const MAX_TEXT = 100_000;
const MAX_NESTING = 8;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/** For each `${` that is closed the position after its `}`, found in one pass. */
function closings(text: string): Map<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '$' && text[at + 1] === '{') open.push(at++);
    else if (text[at] === '}') {
      const start = open.pop();
      if (start !== undefined) found.set(start, at + 1);
    }
  }
  return found;
}

function braced(inside: string, lookup: Lookup, nesting: number): string {
  const name = NAME.exec(inside)?.[0];
  if (name === undefined) return '';
  const value = lookup(name);
  const rest = inside.slice(name.length);
  const [, operator = '', word = ''] = /^(:?[-?+])([^]*)$/.exec(rest) ?? [];
  const present = value !== undefined && (value !== '' || !operator.startsWith(':'));
  if (operator.endsWith('+')) return present ? expand(word, lookup, nesting + 1) : '';
  if (present) return value;
  return operator.endsWith('-') ? expand(word, lookup, nesting + 1) : '';
}

function expand(text: string, lookup: Lookup, nesting: number): string {
  if (nesting > MAX_NESTING) return '';
  const ends = closings(text);
  let out = '';
  let at = 0;
  while (at < text.length && out.length <= MAX_TEXT) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) break;
    out += text.slice(at, dollar);
    const next = text[dollar + 1];
    const end = ends.get(dollar) ?? -1;
    const name = NAME.exec(text.slice(dollar + 1, dollar + 257))?.[0];
    if (next === '$') [out, at] = [`${out}$`, dollar + 2];
    else if (end > 0) [out, at] = [out + braced(text.slice(dollar + 2, end - 1), lookup, nesting), end];
    else if (name !== undefined) [out, at] = [out + (lookup(name) ?? ''), dollar + 1 + name.length];
    else [out, at] = [`${out}$`, dollar + 1];
  }
  return (out + text.slice(at)).slice(0, MAX_TEXT);
}

/**
 * Replace `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?error}` and `${NAME:+other}` as Compose
 * does; `$$` is a dollar sign. What is set nowhere becomes empty. Nested defaults are followed eight levels deep.
 */
export function interpolate(text: string, lookup: Lookup): string {
  return text.includes('$') ? expand(text, lookup, 0) : text;
}

/**
 * The variables of a `.env` file, in order: `NAME=value`, quotes removed, comments and blank lines skipped, `export`
 * allowed; a value may use variables that stand above it or that `outer` knows.
 */
export function readEnvFile(text: string, outer: Lookup = () => undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const raw of text.split(/\r?\n/)) {
    const [, name, rest] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=(.*)$/.exec(raw) ?? [];
    if (name === undefined || rest === undefined) continue;
    const trimmed = rest.trim();
    const [, single] = /^'([^']*)'/.exec(trimmed) ?? [];
    const [, double] = /^"((?:[^"\\]|\\.)*)"/.exec(trimmed) ?? [];
    const plain = trimmed.replace(/(^|\s)#.*$/, '').trimEnd();
    found.set(name, single ?? interpolate(double ?? plain, (key) => found.get(key) ?? outer(key)));
  }
  return found;
}
