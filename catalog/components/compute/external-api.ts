import { defineComponent } from '../../../shared/contracts/component.ts';
import { number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { serviceFailure } from '../common/failure.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** Failures of a third party in a year (evaluation 6.5), assumed. */
const FAILURES = 12;

/** Somebody else’s system: payments, e-mail, maps. You neither run nor scale it. */
export const externalApi = defineComponent({
  type: 'external-api',
  aliases: ['third-party', 'external-service'],
  version: 1,
  title: 'External service',
  category: 'compute',
  silhouette: 'external',
  icon: 'M9 4H4a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5 M12 3h5v5 M17 3 9.5 10.5',
  keywords: ['third party', 'saas', 'partner api', 'provider', 'webhook target', 'vendor'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    latency_ms: number({ ...A, default: 200, min: 0, step: 10, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Mean time of one answer as you measure it, network included.' }),
    cs2: number({ ...A, default: 2, min: 0, step: 0.1, label: 'Variation of latency', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation: 0 always the same, 2 a long tail.' }),
    quota_rps: optionalNumber({ ...A, min: 0.001, step: 10, label: 'Quota', group: 'capacity', unit: 'rps', help: 'Calls per second that the provider accepts. Unset: no limit known.' }),
    availability: number({ ...A, default: 0.999, min: 0.5, max: 1, step: 0.001, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Share of time it answers. Look at its status page before its promises.' }),
    failures_per_year: number({ ...A, default: FAILURES, min: 0, step: 1, label: 'Failures', group: 'resilience', unit: 'per_year', help: 'Outages in a year. With the availability they say how long each lasts.' }),
    usd_per_thousand: number({ ...A, default: 0, min: 0, step: 0.1, label: 'Price per thousand calls', group: 'cost', unit: 'usd_month', help: 'What a thousand calls cost, in dollars. 0: not counted.' }),
  }),
  behavior: (params) => ({
    routing: 'sink',
    role: 'external',
    stateful: false,
    resources: [
      { kind: 'delay', mean_s: params.latency_ms / 1000, cs2: params.cs2 },
      ...(params.quota_rps === null ? [] : [{ kind: 'quota' as const, id: 'provider', limit: params.quota_rps }]),
    ],
    failure: params.failures_per_year > 0
      ? serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: params.failures_per_year })
      : serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: 0, outage_s: 0 }),
    costs: params.usd_per_thousand > 0 ? [costLine('Calls', 'stated_usd_month', { per: 'request', factor: params.usd_per_thousand / 1000, of: 'all' })] : [],
    operations: { technology: 'external service', burden: 'none', deployable: false, mechanisms: [] },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: [],
  }),
  accepts: acceptOnly(['http', 'consume'], 'Somebody else’s system is called. Connect it by a call from your own code.'),
  presets: [
    { id: 'payment-provider', title: 'Payment provider', keywords: ['payment', 'payments', 'stripe', 'adyen', 'paypal', 'psp'], params: { latency_ms: 300, cs2: 0.8, quota_rps: 500 } },
    { id: 'email-provider', title: 'E-mail provider', keywords: ['email', 'e-mail', 'sendgrid', 'mailgun', 'amazon ses', 'smtp', 'mailpit', 'maildev', 'mailhog'], params: { latency_ms: 250, quota_rps: 500, availability: 0.995 } },
    { id: 'sms-provider', title: 'SMS provider', keywords: ['sms', 'twilio', 'text message'], params: { latency_ms: 250, quota_rps: 500, availability: 0.995 } },
    { id: 'push-provider', title: 'Push provider', keywords: ['push notification', 'fcm', 'apns'], params: { latency_ms: 100, availability: 0.995 } },
    { id: 'language-model', title: 'Language model', keywords: ['llm', 'openai', 'chat completion'], params: { latency_ms: 3000, cs2: 1, availability: 0.995 } },
  ],
  recognition: { images: ['mailhog/mailhog*', 'axllent/mailpit*', 'maildev/maildev*', 'namshi/smtp*', 'boky/postfix*', 'stripe/stripe-mock*', 'stripemock/*'], words: ['external', 'third-party', 'stripe', 'paypal', 'payment-provider', 'twilio', 'sendgrid', 'mailgun', 'smtp', 'mailhog', 'mailpit', 'maildev', 'mailcatcher'], ports: [25, 587], schemes: ['smtp', 'smtps'] },
  docs: {
    what: 'A system that others run: it answers when it likes, sets a quota, and is down about once a month.',
    when: 'Draw every third party that a request waits for: it often decides latency and availability.',
    whenNot: 'For your own services, and for work that a worker can do later without anyone waiting: then put a broker between.',
  },
  examples: [
    { title: 'answers in 200 ms with a long tail', params: {}, expect: (b) => b.resources.length === 1 && b.resources[0]?.kind === 'delay' && b.resources[0].mean_s === 0.2 && b.resources[0].cs2 === 2 },
    { title: 'has no limit unless one is stated', params: { quota_rps: 500 }, expect: (b) => b.resources[1]?.kind === 'quota' && b.resources[1].limit === 500 },
    { title: 'fails once a month for 44 minutes', params: {}, expect: (b) => b.failure.failures_per_year === 12 && Math.abs(b.failure.outage_s - 2628) < 1 && b.role === 'external' },
    { title: 'a stated price is counted by the call', params: { usd_per_thousand: 2 }, expect: (b) => b.costs[0]?.price === 'stated_usd_month' && b.costs[0].quantity.per === 'request' && b.costs[0].quantity.factor === 0.002 },
  ],
});
