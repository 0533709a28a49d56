import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { hostedEffective, hostedHelper, hostingFields } from '../common/hosted.ts';
import { notModelled } from '../common/not-modelled.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const SLA = 0.999;

/** Collects the spans of requests, so that one slow answer can be followed through all parts. */
export const tracing = defineComponent({
  type: 'tracing',
  version: 1,
  title: 'Tracing',
  category: 'platform',
  silhouette: 'compute',
  icon: 'M2.5 4h15 M4.5 8h7 M8.5 12h8 M11 16h4',
  keywords: ['distributed tracing', 'traces', 'spans', 'apm', 'observability'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    sample_rate: number({ ...A, default: 0.1, min: 0, max: 1, step: 0.05, label: 'Sampled', group: 'capacity', unit: 'ratio', help: 'Share of the requests that are recorded. All of them costs money and processor time, too few miss the rare slow one.' }),
    overhead: number({ ...A, default: 0.02, min: 0, max: 1, step: 0.01, label: 'Overhead', group: 'capacity', unit: 'ratio', help: 'Processor time that traced code spends on it when every request is recorded. Shown for your judgement, not added to the load.' }),
    ...hostingFields({ sla: '99.9 %', storage_gb: 100 }),
  }),
  behavior: (params, context) => hostedHelper(params, {
    role: 'telemetry', technology: 'tracing', managed: context.managed, sla: SLA,
    metered: [costLine('Recorded traces', 'xray_m', { per: 'request', factor: params.sample_rate / 1e6, of: 'all' })],
    not_modelled: notModelled(context, { overhead: 'Processor time that traced code spends on tracing' }),
  }),
  effective: (params) => hostedEffective(params, SLA),
  accepts: acceptOnly(['trace'], 'Tracing receives spans. Connect it from the code that is traced.'),
  presets: [
    { id: 'xray', title: 'AWS X-Ray', keywords: ['x-ray'], params: {} },
    { id: 'jaeger', title: 'Jaeger', keywords: ['jaegertracing', 'zipkin', 'tempo'], params: { hosting: 'own' } },
    { id: 'opentelemetry', title: 'OpenTelemetry Collector', keywords: ['otel', 'otel collector'], params: { hosting: 'own', storage_gb: 20 } },
  ],
  recognition: {
    images: ['jaegertracing/*', 'openzipkin/*', 'otel/*', 'grafana/tempo*', 'opentelemetry-collector*', 'signoz/*', 'apache/skywalking*', 'amazon/aws-xray-daemon*'],
    words: ['tracing', 'jaeger', 'zipkin', 'tempo', 'otel', 'otel-collector', 'xray', 'apm'],
    ports: [16686, 14268, 4317, 4318, 9411],
  },
  docs: {
    what: 'Records where the time of a request goes, across services and queues, under one id.',
    when: 'From two services on: without it nobody can say which hop made the answer slow.',
    whenNot: 'For totals and alarms: that is what metrics are for. Tracing every request of a busy system costs more than it tells.',
  },
  examples: [
    { title: 'is soft and bears no load', params: {}, expect: (b) => b.role === 'telemetry' && b.routing === 'sink' && b.resources.length === 0 },
    { title: 'a tenth of the requests is paid', params: {}, expect: (b) => b.costs[0]?.price === 'xray_m' && b.costs[0].quantity.per === 'request' && b.costs[0].quantity.factor * 1e7 === 1 },
    { title: 'your own is machines with data', params: { hosting: 'own' }, expect: (b) => b.operations.burden === 'self-hosted-stateful' && b.costs.map((line) => line.price).join() === 'ec2_vcpu_h,ebs_gp3_gb' && b.failure.redundancy === 'instance' },
  ],
});
