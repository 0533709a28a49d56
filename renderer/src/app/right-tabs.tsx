import type { ReactElement } from 'react';
import type { RightTab } from '../document/session.ts';
import { FindingsPanel } from '../features/findings/FindingsPanel.tsx';
import { InspectorPanel } from '../features/inspector/InspectorPanel.tsx';
import { ScoresPanel } from '../features/scores/ScoresPanel.tsx';
import { GLYPHS } from '../ui/glyphs.ts';
import { RegionBoundary } from './RegionBoundary.tsx';

/** A view of the right panel. */
export interface RightView {
  readonly id: RightTab;
  readonly label: string;
  readonly glyph: string;
  /** Command that opens it; its shortcut is the hint. */
  readonly command: string;
  /** Also there while the whiteboard hides the numbers. */
  readonly inWhiteboard: boolean;
  /** There in the whiteboard, too, once somebody asked for it by its command. */
  readonly whenAsked?: boolean;
  readonly panel: () => ReactElement;
}

/** The views in the order of their tabs. */
export const RIGHT_VIEWS: readonly RightView[] = [
  {
    id: 'inspector',
    label: 'Inspector',
    glyph: GLYPHS.inspector,
    command: 'view.inspector',
    inWhiteboard: true,
    panel: () => (
      <RegionBoundary name="The inspector">
        <InspectorPanel />
      </RegionBoundary>
    ),
  },
  {
    id: 'findings',
    label: 'Findings',
    glyph: GLYPHS.findings,
    command: 'view.findings',
    inWhiteboard: false,
    whenAsked: true,
    panel: () => (
      <RegionBoundary name="The findings">
        <FindingsPanel />
      </RegionBoundary>
    ),
  },
  {
    id: 'scores',
    label: 'Scores',
    glyph: GLYPHS.scores,
    command: 'view.scores',
    inWhiteboard: false,
    panel: () => (
      <RegionBoundary name="The scores">
        <ScoresPanel />
      </RegionBoundary>
    ),
  },
];
