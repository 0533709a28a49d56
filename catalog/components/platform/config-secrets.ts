import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { hostedEffective, hostedHelper, hostingFields } from '../common/hosted.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const SLA = 0.999;

/** Settings and secrets, read at start and now and then: soft, without load. */
export const configSecrets = defineComponent({
  type: 'config-secrets',
  aliases: ['config_secrets', 'secrets', 'config'],
  version: 1,
  title: 'Config and secrets',
  category: 'platform',
  silhouette: 'compute',
  icon: 'M2.5 10a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0z M9.5 10h8 M13.5 10v3 M17.5 10v3.5',
  keywords: ['secret store', 'configuration', 'feature flags', 'credentials', 'key management'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    secrets: number({ ...A, default: 10, min: 0, integer: true, step: 1, label: 'Secrets', group: 'capacity', unit: 'count', help: 'Secrets kept. A provider bills each by the month.' }),
    ...hostingFields({ sla: '99.9 %', storage_gb: 20 }),
  }),
  behavior: (params, { managed }) => hostedHelper(params, {
    role: 'directory', technology: 'secret store', managed, sla: SLA,
    metered: [costLine('Secrets', 'secret_month', { per: 'count', count: params.secrets })],
  }),
  effective: (params) => hostedEffective(params, SLA),
  accepts: acceptOnly(['lookup'], 'It is asked for settings and secrets. Connect it from the code that reads them.'),
  presets: [
    { id: 'secrets-manager', title: 'AWS Secrets Manager', keywords: ['secrets manager', 'parameter store', 'ssm'], params: {} },
    { id: 'vault', title: 'HashiCorp Vault', keywords: ['vault', 'openbao'], params: { hosting: 'own', instances: 3 } },
  ],
  recognition: {
    images: ['vault*', 'hashicorp/vault*', 'openbao/*', 'springcloud/configserver*'],
    words: ['config', 'secrets', 'vault', 'config-server', 'configserver', 'parameter-store', 'kms'],
    ports: [8200, 8888],
  },
  docs: {
    what: 'Keeps passwords, keys and settings out of the code and hands them to what may see them.',
    when: 'From the first deployment on (Twelve-Factor III). Rotation and who read what come with it.',
    whenNot: 'On the way of each request: read at start, keep in memory, read again now and then.',
  },
  examples: [
    { title: 'each secret is paid by the month', params: { secrets: 25 }, expect: (b) => b.role === 'directory' && b.costs[0]?.price === 'secret_month' && b.costs[0].quantity.per === 'count' && b.costs[0].quantity.count === 25 },
    { title: 'Vault of your own is three machines', params: { hosting: 'own', instances: 3 }, expect: (b) => b.failure.units === 3 && b.operations.burden === 'self-hosted-stateful' },
  ],
});
