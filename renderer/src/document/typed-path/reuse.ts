import type { Design, DesignNode } from '../../../../shared/model/design.ts';
import { resolvePart, type Part } from '../parts.ts';
import { exactParts, findPart, holdsWords, isOwnCode, sameWords } from './words.ts';

/** Which component of the drawing a word means. */
export interface Reuse {
  readonly id: string;
  /** The word is its whole name. */
  readonly byName: boolean;
}

/** What a word may mean in a drawing: at most one that it stands for, and others that it could. */
export interface Meant { readonly reuse: Reuse | null; readonly others: readonly string[] }

/** Whether a word and a component's name are two ways to name the same product: "lb" and "Load balancer". */
function namesTheSame(word: string, node: DesignNode, part: Part): boolean {
  if (holdsWords(node.name, word)) return true;
  const [named] = exactParts(node.name);
  if (!named || named.component !== part.component) return false;
  const isTitle = (text: string): boolean => sameWords(text, part.title) || sameWords(text, part.id);
  if (named === part) return isTitle(word) || isTitle(node.name);
  // a general word means whichever product of its type was drawn: "db" means Postgres
  return part.preset === null && !isTitle(word);
}

/** Components whose name holds the words, for a word that the catalogue does not know. */
function bySomeWords(nodes: readonly DesignNode[], word: string): readonly DesignNode[] {
  return word.length < 3 ? [] : nodes.filter((node) => holdsWords(node.name, word));
}

/**
 * Find the component that a word means. Its whole name wins. A product, store or broker is also meant by another word for
 * it, own code by some words of its name that mean nothing else, as long as only one fits. `named` are the components
 * that the line has named by other words.
 */
export function meantBy(design: Design, word: string, named: ReadonlySet<string>): Meant {
  const nodes = Object.values(design.nodes);
  const exact = nodes.filter((node) => sameWords(node.name, word));
  const [first, ...rest] = exact;
  if (first) return { reuse: { id: first.id, byName: true }, others: rest.map(({ id }) => id) };
  const found = findPart(word);
  const free = nodes.filter((node) => !named.has(node.id));
  const fitting =
    found === null
      ? bySomeWords(free, word)
      : found.how === 'exact' && !isOwnCode(found.part) && found.part.component.type !== 'custom'
        ? free.filter((node) => resolvePart(node.type)?.component === found.part.component && namesTheSame(word, node, found.part))
        : [];
  const [only] = fitting;
  if (only && fitting.length === 1) return { reuse: { id: only.id, byName: false }, others: [] };
  return { reuse: null, others: fitting.map(({ id }) => id) };
}
