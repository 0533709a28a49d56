/** A key that stands twice in one object; JSON readers keep the last one without a word. */
export interface DuplicateKey {
  readonly key: string;
  readonly line: number;
}

/** Where a text stops being JSON: `line` and `column` count from 1. */
export interface JsonError {
  readonly line: number;
  readonly column: number;
  /** What was expected there, to follow "expected". */
  readonly expected: string;
  /** True when the text ends too early rather than being wrong in the middle. */
  readonly ended: boolean;
}

/** Result of a scan. With an error the duplicates are those before it. */
export interface JsonScan {
  readonly error: JsonError | null;
  readonly duplicates: readonly DuplicateKey[];
  readonly duplicateCount: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPES = '"\\/bfnrt';
const LISTED = 50;

class Mistake extends Error {
  constructor(
    readonly at: number,
    readonly expected: string,
  ) {
    super(expected);
  }
}

/** Index after the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') throw new Mistake(start, 'a text in double quotes');
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) throw new Mistake(at, 'the closing quote of the text');
    if (code !== 0x5c) continue;
    at += 1;
    const escape = text[at];
    if (escape === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
    else if (escape === undefined || !ESCAPES.includes(escape)) throw new Mistake(at, 'a known escape after the backslash');
  }
  throw new Mistake(text.length, 'the closing quote of the text');
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** Reads JSON with its own stack, so that nesting of any depth is only memory. */
class Scanner {
  readonly duplicates: DuplicateKey[] = [];
  duplicateCount = 0;
  private at = 0;
  private line = 1;
  /** Keys seen in each open object; null for an open list. */
  private readonly stack: (Set<string> | null)[] = [];

  constructor(private readonly text: string) {}

  run(): void {
    this.space();
    let value = true;
    for (;;) {
      if (value) value = this.openValue();
      else if (this.stack.length === 0) break;
      else value = this.afterValue();
    }
    if (this.at < this.text.length) throw new Mistake(this.at, 'the end of the file');
  }

  private space(): void {
    for (; this.at < this.text.length; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x0a) this.line += 1;
      else if (code !== 0x20 && code !== 0x09 && code !== 0x0d) return;
    }
  }

  private skip(length: number): void {
    this.at += length;
    this.space();
  }

  /** Reads one value or opens a container; true when a value must follow. */
  private openValue(): boolean {
    const first = this.text[this.at];
    if (first === '{' || first === '[') {
      this.skip(1);
      const keys = first === '{' ? new Set<string>() : null;
      this.stack.push(keys);
      if (this.text[this.at] === (keys ? '}' : ']')) return false;
      if (keys) this.key(keys);
      return true;
    }
    const end = first === '"' ? stringEnd(this.text, this.at) : (matchEnd(NUMBER, this.text, this.at) ?? matchEnd(WORD, this.text, this.at));
    if (end === null) throw new Mistake(this.at, 'a value');
    this.skip(end - this.at);
    return false;
  }

  /** Reads what follows a value in its container; true when another value follows. */
  private afterValue(): boolean {
    const keys = this.stack.at(-1) ?? null;
    const close = keys ? '}' : ']';
    if (this.text[this.at] === close) {
      this.skip(1);
      this.stack.pop();
      return false;
    }
    if (this.text[this.at] !== ',') throw new Mistake(this.at, `a comma or "${close}"`);
    this.skip(1);
    if (keys) this.key(keys);
    return true;
  }

  private key(keys: Set<string>): void {
    const end = stringEnd(this.text, this.at);
    const written = this.text.slice(this.at + 1, end - 1);
    const key = written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
    if (keys.has(key)) {
      this.duplicateCount += 1;
      if (this.duplicates.length < LISTED) this.duplicates.push({ key, line: this.line });
    }
    keys.add(key);
    this.skip(end - this.at);
    if (this.text[this.at] !== ':') throw new Mistake(this.at, 'a colon after the key');
    this.skip(1);
  }
}

/** Read a JSON text without building it: the first error with its line, and keys that stand twice. */
export function scanJson(text: string): JsonScan {
  const scanner = new Scanner(text);
  let error: JsonError | null = null;
  try {
    scanner.run();
  } catch (mistake) {
    if (!(mistake instanceof Mistake)) throw mistake;
    const before = text.slice(0, mistake.at);
    const start = before.lastIndexOf('\n') + 1;
    error = { line: before.split('\n').length, column: mistake.at - start + 1, expected: mistake.expected, ended: mistake.at >= text.length };
  }
  return { error, duplicates: scanner.duplicates, duplicateCount: scanner.duplicateCount };
}
