/** One server that is shared instead of queued for. Source: Kleinrock 1976. */
import { waitingRho } from './utilisation.ts';

/** What M/G/1 processor sharing adds to a service of this length: S rho/(1-rho), so that R = S/(1-rho), whatever its distribution; rho at most .999. */
export function sharingWait(serviceS: number, rho: number): number {
  const load = waitingRho(rho);
  return (serviceS * load) / (1 - load);
}
