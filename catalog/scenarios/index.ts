import type { Scenario } from '../../shared/contracts/scenario.ts';
import { chat } from './chat.ts';
import { ecommerceCheckout } from './ecommerce-checkout.ts';
import { fileStorage } from './file-storage.ts';
import { leaderboard } from './leaderboard.ts';
import { monolithToMicroservices } from './monolith-to-microservices.ts';
import { newsFeed } from './news-feed.ts';
import { notificationSystem } from './notification-system.ts';
import { paymentLedger } from './payment-ledger.ts';
import { rateLimiter } from './rate-limiter.ts';
import { rideHailing } from './ride-hailing.ts';
import { urlShortener } from './url-shortener.ts';
import { videoPipeline } from './video-pipeline.ts';

/** Interview scenarios in the order in which they are offered. A new one is one line here. */
export const scenarios: readonly Scenario[] = [
  videoPipeline, urlShortener, newsFeed, chat, rideHailing, ecommerceCheckout, rateLimiter, notificationSystem, leaderboard, paymentLedger, fileStorage, monolithToMicroservices,
];
