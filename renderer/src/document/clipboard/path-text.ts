import type { Design, DesignEdge, DesignNode } from '../../../../shared/model/design.ts';

/** Characters that mean something in a typed path. */
const MEANING = /[<>=,:()\r\n]+/g;

function nameOf(node: DesignNode, units: number): string {
  const name = node.name.replace(MEANING, ' ').replace(/ {2,}/g, ' ').trim() || 'component';
  return units > 1 ? `${name} x${units}` : name;
}

const CONNECTORS: Readonly<Record<string, string>> = { publish: '>>', replicate: '=' };

/**
 * A fragment as typed paths, one a line, which a person can read and the typed path can draw again: "client > api x3 >
 * postgres". Every connection stands in exactly one line; components without one and notes follow.
 *
 * @param units how many interchangeable units of a component are drawn
 */
export function pathText(design: Design, units: (node: DesignNode) => number): string {
  const leaving = new Map<string, DesignEdge[]>();
  const arriving = new Set<string>();
  for (const edge of Object.values(design.edges)) {
    if (!design.nodes[edge.from] || !design.nodes[edge.to]) continue;
    leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge]);
    if (edge.from !== edge.to) arriving.add(edge.to);
  }
  const told = new Set<string>();
  const word = (node: DesignNode): string => {
    const first = !told.has(node.id);
    told.add(node.id);
    return nameOf(node, first ? units(node) : 1);
  };
  const nodes = Object.values(design.nodes);
  const lines: string[] = [];
  // lines begin where nothing arrives; circles begin anywhere
  for (const start of [...nodes.filter((node) => !arriving.has(node.id)), ...nodes]) {
    while ((leaving.get(start.id)?.length ?? 0) > 0) {
      let line = word(start);
      for (let edge = leaving.get(start.id)?.shift(); edge; edge = leaving.get(edge.to)?.shift()) {
        const next = design.nodes[edge.to];
        if (next) line += ` ${CONNECTORS[edge.kind ?? ''] ?? '>'} ${word(next)}`;
      }
      lines.push(line);
    }
  }
  for (const node of nodes) if (!told.has(node.id)) lines.push(word(node));
  const notes = Object.values(design.notes).map((note) => note.text);
  return [lines.join('\n'), ...notes].filter((text) => text !== '').join('\n\n');
}

/** Longest text that is taken for a path, in characters. */
const PATH_LIMIT = 2000;

/** The typed path that a pasted text is; null when it is none. Markup, mail quotes and code are none. */
export function pastedPath(text: string): string | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const [line] = lines;
  if (line === undefined || lines.length > 1 || line.length > PATH_LIMIT || /[<{};]/.test(line)) return null;
  return /[^\s>]\s*>+\s*[^\s>]/.test(line) ? line : null;
}
