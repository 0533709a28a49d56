import { createElkLayouter } from '../../shared/interchange/layout/elk-layouter.ts';
import type { Layouter } from '../../shared/interchange/layout/layouter.ts';

/** The layouter of the command line. Its kernel is loaded with the first drawing: most commands lay nothing out. */
export const layouter: Layouter = async (graph) => {
  const { default: ELK } = await import('elkjs/lib/elk.bundled.js');
  return createElkLayouter(new ELK())(graph);
};
