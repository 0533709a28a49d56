import { describe, expect, it } from 'vitest';
import { designLengths, designLengthsPlugin } from './design-lengths.ts';

describe('lengths of the design', () => {
  it('follow --px, in shorthands and within other functions', () => {
    expect(designLengths('.a { padding: 4px -12.5px; font: 400 11px/16px var(--font-ui); width: calc(100% - 48px); }')).toBe(
      '.a { padding: calc(4 * var(--px)) calc(-12.5 * var(--px)); font: 400 calc(11 * var(--px))/calc(16 * var(--px)) var(--font-ui); width: calc(100% - calc(48 * var(--px))); }',
    );
  });

  it('leave hairlines, conditions, comments, names and texts as they are', () => {
    const kept = "@media (max-width: 1199.98px) { .a-12px { border: 1px solid; inset: -1px; margin: 0px; content: '12px'; } /* 8px */ }";
    expect(designLengths(kept)).toBe(kept);
  });

  it('are those of the interface: what lies on the paper, and what comes from packages, keeps its px', () => {
    const css = '.a { width: 8px; }';
    expect(designLengthsPlugin.transform(css, '/x/renderer/src/ui/Button.module.css?used')?.code).toContain('var(--px)');
    expect(designLengthsPlugin.transform(css, '/x/renderer/src/canvas/nodes/ComponentNode.module.css')).toBeNull();
    expect(designLengthsPlugin.transform(css, '/x/node_modules/@xyflow/react/dist/base.css')).toBeNull();
  });
});
