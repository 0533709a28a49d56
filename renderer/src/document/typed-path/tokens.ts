/** A piece of the typed line: from the first character to after the last. */
export interface Span { readonly start: number; readonly end: number }

/** How one item hangs on another: a call (messages where a broker is an end), messages by force, a copy. */
export type Join = 'call' | 'async' | 'replicate';

export type Token =
  | { readonly type: 'text' | 'quoted'; readonly span: Span; readonly text: string }
  | { readonly type: 'note'; readonly span: Span; readonly text: string }
  | { readonly type: 'join'; readonly span: Span; readonly join: Join }
  | { readonly type: 'comma' | 'colon'; readonly span: Span };

/** `>` `->` `=>` and the arrow character call, `>>` sends, `=` copies. */
const JOIN = /^(?:(-*>>+)|(-*>|=+>|\u2192)|(=+))/;

function joinAt(text: string, start: number): Token | null {
  const [whole, async, call] = JOIN.exec(text.slice(start, start + 24)) ?? [];
  if (whole === undefined) return null;
  return { type: 'join', span: { start, end: start + whole.length }, join: async !== undefined ? 'async' : call !== undefined ? 'call' : 'replicate' };
}

/** A text in quotes, to the closing one or the end: nothing in it is an operator. */
function quotedAt(text: string, start: number): Token {
  const close = text.indexOf('"', start + 1);
  const end = close === -1 ? text.length : close + 1;
  return { type: 'quoted', span: { start, end }, text: text.slice(start + 1, close === -1 ? end : close) };
}

/** A remark in parentheses; one that is still open reaches to the next operator. */
function noteAt(text: string, start: number): Token {
  const close = text.indexOf(')', start);
  const stop = text.slice(start + 1).search(/[>=()\u2192]/);
  const open = close === -1 || (stop !== -1 && start + 1 + stop < close);
  const end = open ? (stop === -1 ? text.length : start + 1 + stop) : close + 1;
  return { type: 'note', span: { start, end }, text: text.slice(start + 1, open ? end : close) };
}

function tokenAt(text: string, at: number): Token | null {
  const span = { start: at, end: at + 1 };
  if (text[at] === '"') return quotedAt(text, at);
  if (text[at] === '(') return noteAt(text, at);
  if (text[at] === ',') return { type: 'comma', span };
  if (text[at] === ':') return { type: 'colon', span };
  return joinAt(text, at);
}

/** Split a line into words, operators, quotes and remarks. Every character belongs to one of them; nothing is an error. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let from = 0;
  const endWords = (end: number): void => {
    if (end > from) tokens.push({ type: 'text', span: { start: from, end }, text: text.slice(from, end) });
  };
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    if (token) {
      endWords(at);
      tokens.push(token);
      from = token.span.end;
    }
    at = token?.span.end ?? at + 1;
  }
  endWords(text.length);
  return tokens;
}
