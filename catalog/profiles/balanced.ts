import type { Profile } from '../../shared/contracts/catalog.ts';

/** Weights of the six axes when nothing else is asked for; they add up to 1. */
export const balanced: Profile = {
  id: 'balanced',
  title: 'Balanced',
  weights: { scalability: 0.2, latency: 0.15, availability: 0.2, isolation: 0.15, consistency: 0.15, cost: 0.15 },
};
