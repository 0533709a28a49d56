import type { Result } from '../lib/result.ts';
import { z } from '../lib/zod.ts';
import type { HostError, HostFile, HostInfo, RecentFile, RelatedFiles, SavedFile } from './host-api.ts';
import { MAX_FILE_BYTES, RELATED_LIMITS } from './host-api.ts';
import { menuDescriptionSchema } from './menu.ts';

const ref = z.string().min(1).max(4096);
const text = z.string().max(MAX_FILE_BYTES);
const kinds = z
  .array(z.object({ label: z.string().max(80), extensions: z.array(z.string().regex(/^[a-z0-9*]{1,12}$/i)).max(20) }))
  .max(20);
const openRequest = z.object({ title: z.string().max(120), kinds, multiple: z.boolean().optional() });
const saveRequest = z.object({ title: z.string().max(120), suggestedName: z.string().min(1).max(200), kinds });

/**
 * Every question the page may ask the main process, with the schema of its arguments. A channel that is not in this
 * map does not exist; arguments that do not fit are refused before a handler sees them.
 */
export const requestSchemas = {
  'app:info': z.tuple([]),
  'app:ready': z.tuple([]),
  'files:open': z.tuple([openRequest]),
  'files:read-dropped': z.tuple([z.array(ref).max(200)]),
  'files:reopen': z.tuple([ref]),
  'files:read-related': z.tuple([ref, z.array(z.string().max(1024)).max(4 * RELATED_LIMITS.files)]),
  'files:save': z.tuple([ref, text]),
  'files:save-as': z.tuple([saveRequest, text]),
  'files:export': z.tuple([saveRequest, z.instanceof(Uint8Array)]),
  'recents:list': z.tuple([]),
  'recents:forget': z.tuple([ref.nullable()]),
  'menu:set': z.tuple([menuDescriptionSchema]),
  'window:set-state': z.tuple([z.object({ title: z.string().max(300), edited: z.boolean() })]),
  'window:close': z.tuple([]),
  'window:answer-close': z.tuple([z.boolean()]),
  'links:open': z.tuple([z.string().max(2048)]),
} as const;

/** The name of a question. */
export type RequestChannel = keyof typeof requestSchemas;

/** A question's arguments. */
export type RequestArgs<C extends RequestChannel> = z.infer<(typeof requestSchemas)[C]>;

/** What each question answers. */
export interface RequestResults {
  'app:info': HostInfo;
  'app:ready': void;
  'files:open': Result<readonly HostFile[], HostError>;
  'files:read-dropped': Result<readonly HostFile[], HostError>;
  'files:reopen': Result<HostFile, HostError>;
  'files:read-related': RelatedFiles;
  'files:save': Result<SavedFile, HostError>;
  'files:save-as': Result<SavedFile | null, HostError>;
  'files:export': Result<SavedFile | null, HostError>;
  'recents:list': readonly RecentFile[];
  'recents:forget': void;
  'menu:set': void;
  'window:set-state': void;
  'window:close': void;
  'window:answer-close': void;
  'links:open': boolean;
}

/** What the main process tells the page unasked, with the arguments of each message. */
export interface HostEvents {
  'menu:command': [id: string];
  'files:opened': [file: Result<HostFile, HostError>];
  'window:close-requested': [];
}

/** The name of a message from the main process. */
export type EventChannel = keyof HostEvents;
