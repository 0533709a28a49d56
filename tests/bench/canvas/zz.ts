import { canvasBench } from './canvas.ts';
import { quantile } from '../measure.ts';
for (const l of await canvasBench()) console.log(l.name.padEnd(70), quantile(l.times,0.5).toFixed(2), quantile(l.times,0.95).toFixed(2), l.times.length);
