import { useMemo, type ReactElement } from 'react';
import type { Design } from '../../../../shared/model/design.ts';
import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import { resolvePart } from '../../document/parts.ts';
import styles from './ImportPicture.module.css';
import { counted } from './words.ts';

interface Box { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

/** Width and least height of the picture, px. */
const SEEN = { w: 304, h: 240 } as const;
/** Least size of a name on screen, px, and the largest one that fits into a box, canvas units. */
const LEGIBLE = 9;
const LARGEST = 44;
const MARGIN = 24;

function boxesOf(design: Design): ReadonlyMap<string, Box> {
  return new Map(
    Object.keys(design.nodes).map((id) => {
      const at = design.layout.nodes[id];
      return [id, { x: at?.x ?? 0, y: at?.y ?? 0, w: at?.w ?? COMPONENT_WIDTH, h: COMPONENT_HEIGHT }] as const;
    }),
  );
}

function frameOf(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, w: COMPONENT_WIDTH, h: COMPONENT_HEIGHT };
  const x = Math.min(...boxes.map((box) => box.x)) - MARGIN;
  const y = Math.min(...boxes.map((box) => box.y)) - MARGIN;
  return { x, y, w: Math.max(...boxes.map((box) => box.x + box.w)) + MARGIN - x, h: Math.max(...boxes.map((box) => box.y + box.h)) + MARGIN - y };
}

/** Where the line from the middle of `box` towards a point leaves the box. */
function border(box: Box, to: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number } {
  const x = box.x + box.w / 2;
  const y = box.y + box.h / 2;
  const [dx, dy] = [to.x - x, to.y - y];
  const scale = Math.min(dx === 0 ? 1 : box.w / 2 / Math.abs(dx), dy === 0 ? 1 : box.h / 2 / Math.abs(dy), 1);
  return { x: x + dx * scale, y: y + dy * scale };
}

/** A straight line with an arrow head, as path data. */
function arrow(from: Box, to: Box, head: number): string {
  const start = border(from, { x: to.x + to.w / 2, y: to.y + to.h / 2 });
  const end = border(to, { x: from.x + from.w / 2, y: from.y + from.h / 2 });
  const angle = Math.atan2(end.y - start.y, end.x - start.x);
  const side = (turn: number): string => `${(end.x - head * Math.cos(angle + turn)).toFixed(1)} ${(end.y - head * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${start.x.toFixed(1)} ${start.y.toFixed(1)}L${end.x.toFixed(1)} ${end.y.toFixed(1)}M${side(0.45)}L${end.x.toFixed(1)} ${end.y.toFixed(1)}L${side(-0.45)}`;
}

function Name({ box, name, size }: { readonly box: Box; readonly name: string; readonly size: number }): ReactElement {
  const fits = Math.max(3, Math.floor((box.w - 16) / (size * 0.56)));
  return (
    <text className={styles.name} x={box.x + box.w / 2} y={box.y + box.h / 2 + size * 0.35} fontSize={size} textAnchor="middle">
      {name.length > fits ? `${name.slice(0, fits - 1)}…` : name}
    </text>
  );
}

/** The proposal at a glance: boxes where they will stand, guesses dashed, the row in hand marked. A large one shows no names: none could be read. */
export function ImportPicture({ design, active }: { readonly design: Design; readonly active: string | null }): ReactElement {
  const boxes = useMemo(() => boxesOf(design), [design]);
  const areas = Object.values(design.boundaries).flatMap(({ id, name }) => ({ id, name, box: design.layout.boundaries[id] })).flatMap(({ id, name, box }) => (box ? [{ id, name, box }] : []));
  // a connection may lead to a boundary as well
  const ends = useMemo(() => new Map<string, Box>([...Object.entries(design.layout.boundaries), ...boxes]), [boxes, design]);
  const frame = useMemo(() => frameOf([...boxes.values(), ...Object.values(design.layout.boundaries)]), [boxes, design]);
  const scale = Math.min(SEEN.w / frame.w, SEEN.h / frame.h, 1);
  const size = Math.max(13, LEGIBLE / scale);
  const named = size <= LARGEST;
  const label = `Picture of what will be drawn: ${counted(boxes.size, 'component')}, ${counted(Object.keys(design.edges).length, 'connection')}`;
  return (
    <svg className={styles.picture} viewBox={`${frame.x} ${frame.y} ${frame.w} ${frame.h}`} role="img" aria-label={label}>
      {areas.map(({ id, name, box }) => (
        <g key={id} data-active={active === `boundary ${id}` || undefined} className={styles.area}>
          <rect x={box.x} y={box.y} width={box.w} height={box.h} rx={6} />
          {named && <text className={styles.areaName} x={box.x + 12} y={box.y + size + 6} fontSize={size}>{name}</text>}
        </g>
      ))}
      {Object.values(design.edges).map(({ id, from, to }) => {
        const [a, b] = [ends.get(from), ends.get(to)];
        return a && b && a !== b ? <path key={id} className={styles.line} data-active={active === `edge ${id}` || undefined} d={arrow(a, b, 5 / scale)} /> : null;
      })}
      {Object.values(design.nodes).map((node) => {
        const box = boxes.get(node.id);
        if (!box) return null;
        const guessed = node.guessed !== undefined && node.guessed.confidence !== 'sure';
        return (
          <g key={node.id} className={styles.box} data-guessed={guessed || undefined} data-active={active === `node ${node.id}` || undefined} data-untyped={resolvePart(node.type) === undefined || undefined}>
            <rect x={box.x} y={box.y} width={box.w} height={box.h} rx={6} />
            {named && <Name box={box} name={node.name} size={size} />}
          </g>
        );
      })}
    </svg>
  );
}
