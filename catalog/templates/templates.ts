import type { Template } from '../../shared/contracts/catalog.ts';
import { videoPipelineTemplate } from './video-pipeline.ts';
import { cachedMonolithTemplate, fewWorkersTemplate, monolithTemplate, scaledMonolithTemplate } from './web.ts';

/** Starter designs in the order in which they are offered. */
export const templates: readonly Template[] = [videoPipelineTemplate, monolithTemplate, cachedMonolithTemplate, scaledMonolithTemplate, fewWorkersTemplate];
