const ARGUMENTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

/** End points of the segments of SVG path data. Throws where the data is not well formed. */
export function pathPoints(data: string): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = [];
  let at = { x: 0, y: 0 };
  let start = at;
  for (const [, command = '', rest = ''] of data.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const size = ARGUMENTS[command.toUpperCase()];
    const values = [...rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(([text]) => Number(text));
    if (size === undefined) throw new Error(`Unknown command ${command}`);
    if (rest.replace(/-?(?:\d+\.?\d*|\.\d+)/g, '').replace(/[\s,]/g, '') !== '') throw new Error(`Not a number in ${rest}`);
    if (size === 0 ? values.length > 0 : values.length === 0 || values.length % size !== 0) throw new Error(`${command} takes ${size} numbers`);
    if (points.length === 0 && command !== 'M') throw new Error('A path begins with M');
    if (size === 0) at = start;
    for (let i = 0; i < values.length; i += Math.max(1, size)) {
      at = endOf(command, values.slice(i, i + size), at);
      points.push(at);
      if (command === 'M') start = at;
    }
  }
  return points;
}

function endOf(command: string, values: readonly number[], from: { x: number; y: number }): { x: number; y: number } {
  const base = command === command.toLowerCase() ? from : { x: 0, y: 0 };
  const [first = 0, last = 0] = [values.at(-2), values.at(-1)];
  if (command.toUpperCase() === 'H') return { x: base.x + last, y: from.y };
  if (command.toUpperCase() === 'V') return { x: from.x, y: base.y + last };
  return { x: base.x + first, y: base.y + last };
}
