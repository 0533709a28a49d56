const MESSAGES: Readonly<Record<string, string>> = {
  QuotaExceededError: 'The storage of this browser is full. The drawing is still in this window: save it to a file.',
  VersionError: 'A newer Plumbline has used this storage. Reload to get it; until then drafts are not kept.',
  MissingAPIError: 'This browser keeps no data for this page (a private window does this). Save to a file before closing.',
  DatabaseClosedError: 'The storage was closed by another window. Save to a file here, then reload.',
  SecurityError: 'The browser does not let this page keep data. Save to a file before closing.',
};

const OTHER = 'Drafts cannot be kept right now: the storage of this browser does not answer. Save to a file before closing.';

function namesOf(error: unknown): string[] {
  const names: string[] = [];
  let at: unknown = error;
  // an aborted transaction wraps its reason
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    if ('name' in at && typeof at.name === 'string') names.unshift(at.name);
    at = 'inner' in at ? at.inner : 'cause' in at ? at.cause : null;
  }
  return names;
}

/** What to tell the user about a failure of the browser's storage: what it means and what to do. */
export function storageMessage(error: unknown): string {
  for (const name of namesOf(error)) if (Object.hasOwn(MESSAGES, name)) return MESSAGES[name] ?? OTHER;
  return OTHER;
}
