import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { hostedEffective, hostedHelper, hostingFields } from '../common/hosted.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const SLA = 0.999;

/** Numbers over time and log lines, with alarms on them. */
export const metricsLogs = defineComponent({
  type: 'metrics-logs',
  aliases: ['metrics_logs', 'monitoring', 'logging'],
  version: 1,
  title: 'Metrics and logs',
  category: 'platform',
  silhouette: 'compute',
  icon: 'M2.5 2.5v15h15 M5.5 13.5l3.5-4 3 2.5 5-6.5',
  keywords: ['metrics', 'logs', 'alerting', 'dashboards', 'log aggregation'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    log_kb: number({ ...A, default: 1, min: 0, step: 0.5, label: 'Logs per request', group: 'capacity', unit: 'kb', help: 'Log lines written for each request of the code that is connected. Ingest is paid by size and is often the surprise on the bill.' }),
    metrics: number({ ...A, default: 50, min: 0, integer: true, step: 10, label: 'Metrics', group: 'capacity', unit: 'count', help: 'Distinct series paid for. Labels multiply them.' }),
    ...hostingFields({ sla: '99.9 %', storage_gb: 200 }),
  }),
  behavior: (params, { managed }) => hostedHelper(params, {
    role: 'telemetry', technology: 'metrics and logs', managed, sla: SLA,
    metered: [
      costLine('Metrics', 'metric_month', { per: 'count', count: params.metrics }),
      costLine('Logs taken in', 'logs_gb', { per: 'request', factor: params.log_kb / 1e6, of: 'all', observed: 'each' }),
    ],
  }),
  effective: (params) => hostedEffective(params, SLA),
  accepts: acceptOnly(['trace'], 'It receives numbers and log lines. Connect it from what is watched.'),
  presets: [
    { id: 'cloudwatch', title: 'Amazon CloudWatch', keywords: ['cloudwatch logs', 'datadog'], params: {} },
    { id: 'prometheus', title: 'Prometheus', keywords: ['alertmanager', 'victoriametrics'], params: { hosting: 'own' } },
    { id: 'grafana', title: 'Grafana', keywords: ['loki', 'grafana dashboards'], params: { hosting: 'own', storage_gb: 20 } },
    { id: 'elk', title: 'Elastic log stack', keywords: ['elk', 'kibana', 'logstash', 'fluentd'], params: { hosting: 'own', storage_gb: 500 } },
  ],
  recognition: {
    images: ['prom/*', 'prometheus*', 'grafana/grafana*', 'grafana/loki*', 'grafana/promtail*', 'victoriametrics/*', 'fluent/*', 'kibana*', 'logstash*', 'datadog/*', 'google/cadvisor*', 'gcr.io/cadvisor*', 'cadvisor*', 'timberio/vector*', 'supabase/logflare*', 'datalust/seq*', 'graylog/*', 'gliderlabs/logspout*', 'louislam/uptime-kuma*', 'netdata/*'],
    words: ['metrics', 'monitoring', 'prometheus', 'grafana', 'loki', 'cloudwatch', 'logs', 'logging', 'kibana', 'fluentd', 'alertmanager', 'exporter'],
    ports: [9090, 3100, 5601],
  },
  docs: {
    what: 'Counts and times of everything as series, log lines in one place, alarms on both.',
    when: 'Always, and before the first user: what is not measured cannot be held to a target.',
    whenNot: 'As the only tool for a slow request through many services: add tracing. Logging every payload is the most expensive way to know little.',
  },
  examples: [
    { title: 'metrics and ingest are paid', params: {}, expect: (b) => b.role === 'telemetry' && b.costs.map((line) => line.price).join() === 'metric_month,logs_gb' && b.failure.unit_availability === 0.999 },
    { title: 'a kilobyte for each of a million requests is a gigabyte', params: {}, expect: (b) => b.costs[1]?.quantity.per === 'request' && b.costs[1].quantity.factor * 1e6 === 1 },
    { title: 'your own is machines with data', params: { hosting: 'own', instances: 1 }, expect: (b) => b.operations.burden === 'self-hosted-stateful' && b.failure.units === 1 },
  ],
});
