/** The source of each rule as text, read when its page is opened: the reason of a threshold stands in the comment beside it. */
const SOURCES = import.meta.glob<string>(['../../../../catalog/rules/*/*.ts', '!../../../../catalog/rules/common/*.ts', '!**/*.test.ts'], { query: '?raw', import: 'default' });

/** Where the reason points into a specification that the reader does not have. */
const REFERENCE = /\s*\((?:rules|evaluation|semantics)\b[^)]*\)/g;

function sentence(lines: readonly string[]): string {
  const words = lines.join(' ').replace(REFERENCE, '').trim();
  return words === '' ? '' : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;
}

/** Reasons by the key of their threshold. One without a comment of its own shares that of the one above it. */
export function readReasons(source: string): ReadonlyMap<string, string> {
  const [, block = ''] = /\n {2}options: \{\n([\s\S]*?)\n {2}\},/.exec(source) ?? [];
  const reasons = new Map<string, string>();
  let lines: string[] = [];
  let reading = false;
  for (const line of block.split('\n')) {
    const [, code = '', comment] = /^([^/]*?)(?:\/\/\s*(.*))?$/.exec(line) ?? [];
    if (comment !== undefined) lines = reading && code.trim() === '' ? [...lines, comment] : [comment];
    reading = comment !== undefined && code.trim() === '';
    for (const [, key = ''] of code.matchAll(/(\w+):/g)) reasons.set(key, sentence(lines));
  }
  return reasons;
}

/** The reasons of a rule's thresholds. Empty when its source cannot be loaded: the thresholds are shown without. */
export async function thresholdReasons(rule: string): Promise<ReadonlyMap<string, string>> {
  const load = Object.entries(SOURCES).find(([file]) => file.endsWith(`/${rule}.ts`))?.[1];
  return load === undefined ? new Map() : load().then(readReasons, () => new Map<string, string>());
}
