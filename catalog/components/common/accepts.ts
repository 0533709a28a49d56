import type { EdgeKind } from '../../../shared/model/design.ts';

/** Accept only these kinds of connection; `sentence` says why another one cannot arrive. */
export function acceptOnly(kinds: readonly EdgeKind[], sentence: string): (kind: EdgeKind) => string | null {
  return (kind) => (kinds.includes(kind) ? null : sentence);
}

const APPLICATION_KINDS: readonly EdgeKind[] = ['http', 'ws', 'consume', 'trigger'];
const PROXY_KINDS: readonly EdgeKind[] = ['http', 'ws'];

/** What own code takes: calls, open connections, messages. */
export const acceptCalls = acceptOnly(APPLICATION_KINDS, 'Own code is called or takes messages. Queries, caching and replication go to stores.');

/** What a proxy or balancer takes: calls and open connections. */
export const acceptRequests = acceptOnly(PROXY_KINDS, 'It passes requests on. Connect it by a call or an open connection.');
