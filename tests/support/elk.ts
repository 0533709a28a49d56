import ELK from 'elkjs/lib/elk.bundled.js';
import { createElkLayouter } from '../../shared/interchange/layout/elk-layouter.ts';

/** The layouter of the program, in Node and in the test's own thread. */
export const elkLayouter = createElkLayouter(new ELK());
