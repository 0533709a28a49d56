/** SVG path data on a 20 x 20 grid, stroked 1.5 with round joins. Icons of components live with the components. */
export const GLYPHS = {
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  chevronDown: 'M6 8l4 4 4-4',
  chevronRight: 'M8 6l4 4-4 4',
  chevronLeft: 'M12 6l-4 4 4 4',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M13 13l3.5 3.5',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  pin: 'M7 3h6M8 3v5l-2.5 3h9L12 8V3M10 11v6',
  pinOff: 'M7 3h6M8 3v5l-2.5 3h9L12 8V3M10 11v6M3.5 3.5l13 13',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  reset: 'M4 4v4h4M4.6 8A6 6 0 1 1 4 11',
  inspector: 'M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4',
  findings: 'M10 3.5l7 13H3zM10 8.5v3.5M10 14.3v.2',
  scores: 'M4 16v-5M10 16V4M16 16V8',
  commands: 'M3.5 5h13v10h-13zM6.5 8.5l2 1.5-2 1.5M10.5 12h3',
  exportFile: 'M10 12.5V3.5M6.5 7L10 3.5 13.5 7M4 12v4.5h12V12',
  whiteboard: 'M3 4h14v10H3zM7.5 17l1.5-3M12.5 17L11 14M6 10.5c2-4 3.5 2 5-1s2.5-1.5 3-.5',
  evaluate: 'M3.5 14a6.5 6.5 0 1 1 13 0M10 14l3-4.5',
  panelLeft: 'M3 4h14v12H3zM8 4v12',
  panelRight: 'M3 4h14v12H3zM12 4v12',
  panelBottom: 'M3 4h14v12H3zM3 11.5h14',
  palette: 'M4 4h5v5H4zM11.5 4.5h4v4h-4zM4.5 11.5h4v4h-4zM13.5 11.5v4M11.5 13.5h4',
  warning: 'M10 3.5l7 13H3zM10 8.5v3.5M10 14.3v.2',
} as const;

/** A glyph's name. */
export type GlyphName = keyof typeof GLYPHS;
