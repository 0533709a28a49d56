import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { hostedCosts, hostedEffective, hostedFailure, hostedOperations, hostingFields, isProvided } from '../common/hosted.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const SLA = 0.999;

/** Signs users in and says who a token belongs to. */
export const authProvider = defineComponent({
  type: 'auth-provider',
  aliases: ['auth_provider', 'identity-provider', 'idp'],
  version: 1,
  title: 'Auth provider',
  category: 'platform',
  silhouette: 'compute',
  icon: 'M10 2.5l6.5 2.5v4.5c0 4-2.7 6.8-6.5 8-3.8-1.2-6.5-4-6.5-8V5z M7 10l2.2 2.2 4-4.4',
  keywords: ['login', 'sign in', 'oauth', 'openid connect', 'sso', 'tokens'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    latency_ms: number({ ...A, default: 15, min: 0, step: 1, label: 'Time per check', group: 'capacity', unit: 'ms', help: 'Mean time of one sign-in or token check. A check of the signature inside your own code needs no call at all.' }),
    cs2: number({ ...A, default: 2, min: 0, step: 0.5, label: 'Variation', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of that time: sign-ins hash passwords and are slow, checks are fast.' }),
    slots: number({ ...A, default: 4, min: 1, integer: true, step: 1, label: 'At once per instance', group: 'capacity', unit: 'count', help: 'Checks that one instance handles at the same time.' }),
    monthly_users: number({ ...A, default: 10_000, min: 0, step: 1000, label: 'Users a month', group: 'cost', unit: 'count', help: 'Users who sign in at least once a month: what providers bill.' }),
    ...hostingFields({ sla: '99.9 %', storage_gb: 20 }),
  }),
  behavior: (params, context) => {
    const provided = isProvided(params, context.managed);
    return {
      routing: 'sink',
      role: 'auth',
      stateful: false,
      resources: [{ kind: 'fcfs', id: 'auth', units: params.instances, servers: params.slots, service_s: params.latency_ms / 1000, cs2: params.cs2, policy: 'central' }],
      failure: hostedFailure(params, provided, SLA),
      costs: hostedCosts(params, provided, [costLine('Users', 'auth_user_month', { per: 'count', count: params.monthly_users })]),
      operations: hostedOperations('auth provider', provided, 'self-hosted-stateless'),
      consistency: null,
      autoscale: null,
      source_rate: null,
      not_modelled: [],
    };
  },
  effective: (params) => hostedEffective(params, SLA),
  accepts: acceptOnly(['http'], 'It is called to sign in or to check a token. Connect it by a call.'),
  presets: [
    { id: 'cognito', title: 'Amazon Cognito', keywords: ['cognito'], params: {} },
    { id: 'auth0', title: 'Auth0', keywords: ['okta', 'clerk'], params: {} },
    { id: 'keycloak', title: 'Keycloak', keywords: ['authentik', 'ory'], params: { hosting: 'own' } },
  ],
  recognition: {
    images: ['keycloak*', 'quay.io/keycloak/*', 'jboss/keycloak*', 'oryd/*', 'authelia/*', 'goauthentik/*', 'dexidp/*', 'supabase/gotrue*', 'gotrue*', 'zitadel/*', 'casbin/casdoor*', 'supertokens/*'],
    words: ['auth', 'authentication', 'keycloak', 'cognito', 'auth0', 'okta', 'idp', 'identity', 'oauth', 'sso', 'login'],
  },
  docs: {
    what: 'Holds accounts and passwords, signs users in and issues tokens that others can check.',
    when: 'Before anything that knows its users. Signed tokens let services check by themselves, without a call.',
    whenNot: 'On the way of every request: then its latency and its outages are those of the whole product.',
  },
  examples: [
    { title: 'two instances of four at 15 ms', params: {}, expect: (b) => b.resources[0]?.kind === 'fcfs' && b.resources[0].units === 2 && b.resources[0].servers === 4 && b.resources[0].service_s === 0.015 && b.resources[0].cs2 === 2 },
    { title: 'a provider bills users and promises 99.9 %', params: {}, expect: (b) => b.costs[0]?.price === 'auth_user_month' && b.failure.regional && b.failure.unit_availability === 0.999 },
    { title: 'your own is machines', params: { hosting: 'own' }, expect: (b) => b.costs[0]?.price === 'ec2_vcpu_h' && b.failure.redundancy === 'instance' && b.operations.burden === 'self-hosted-stateless' },
  ],
});
