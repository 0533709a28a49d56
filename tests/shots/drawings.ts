import type { Design } from '../../shared/model/design.ts';
import { design, type DesignBuilder } from '../support/design-builder.ts';

/** Size of a component and the gaps of a tidy drawing, canvas units. */
const STEP = { x: 184 + 88, y: 64 + 56 } as const;

/** Put components in columns from left to right, each column centred on the same line. */
function inColumns(builder: DesignBuilder, columns: readonly (readonly string[])[]): Design {
  const drawing = builder.build();
  const tallest = Math.max(...columns.map((column) => column.length));
  columns.forEach((column, i) =>
    column.forEach((id, j) => {
      drawing.layout.nodes[id] = { x: i * STEP.x, y: Math.round(((tallest - column.length) / 2 + j) * STEP.y / 8) * 8 };
    }),
  );
  return drawing;
}

/** A shop of seven parts: what most people draw first. */
export function smallDrawing(): Design {
  const builder = design('web-shop')
    .node('client', 'browser', {}, { name: 'Browser' })
    .node('lb-managed', 'lb', { algorithm: 'least_outstanding' }, { name: 'Load balancer' })
    .node('service', 'api', { instances: 4, cpu_ms: 12 }, { name: 'Shop API' })
    .node('redis', 'cache', { memory_gb: 3.1, max_items: 50_000 }, { name: 'Product cache' })
    .node('rdbms', 'db', { ha: 'multi_az', vcpu: 4 }, { name: 'Orders primary' })
    .node('rabbitmq', 'queue', {}, { name: 'Mail queue' })
    .node('celery-worker', 'worker', { instances: 2, task_cpu_s: 0.05 }, { name: 'Mailer' })
    .chain('browser', 'lb', 'api')
    .connect('api', 'cache')
    .connect('api', 'db')
    .connect('api', 'queue', { probability: 0.1 })
    .connect('queue', 'worker')
    .workload({ peak_rps: 300 });
  const drawing = builder.build();
  const places = { browser: [0, 0], lb: [272, 0], api: [544, 0], cache: [544, 144], db: [272, 144], queue: [544, -144], worker: [272, -144] } as const;
  for (const [id, [x, y]] of Object.entries(places)) drawing.layout.nodes[id] = { x, y };
  return drawing;
}

/** A shop spread over two zones of a region, with every kind of boundary, of connection and of width, a note and an external service. */
export function zonedDrawing(): Design {
  const drawing = design('zoned-shop')
    .boundary('Europe', 'region')
    .boundary('Zone a', 'zone', 'Europe')
    .boundary('Zone b', 'zone', 'Europe')
    .boundary('Checkout cluster', 'cluster', 'Zone a')
    .boundary('Payments team', 'group')
    .node('client', 'browser', {}, { name: 'Browser' })
    .node('lb-managed', 'lb', {}, { name: 'Load balancer', boundary: 'Europe' })
    .node('service', 'api', { instances: 6, cpu_ms: 2 }, { name: 'Checkout API', boundary: 'Checkout cluster', zone_spread: 2 })
    .node('redis', 'cache', {}, { name: 'Basket cache', boundary: 'Zone a' })
    .node('rdbms', 'db', { ha: 'multi_az', vcpu: 8 }, { name: 'Orders primary', boundary: 'Zone a' })
    .node('rabbitmq', 'queue', {}, { name: 'Receipts', boundary: 'Zone b' })
    .node('celery-worker', 'worker', { instances: 3, task_cpu_s: 0.02 }, { name: 'Receipt mailer', boundary: 'Zone b' })
    .node('rdbms', 'copy', { vcpu: 4 }, { name: 'Orders copy for reports', boundary: 'Zone b' })
    .node('external-api', 'payment', {}, { name: 'Card payment provider', boundary: 'Payments team' })
    .node('service', 'audit', { instances: 1, cpu_ms: 2 }, { name: 'Audit API', boundary: 'Payments team' })
    .chain('browser', 'lb', 'api')
    .connect('api', 'cache')
    .connect('api', 'db')
    .connect('api', 'queue', { probability: 0.2 })
    .connect('queue', 'worker')
    .connect('db', 'copy', {}, { kind: 'replicate' })
    .connect('api', 'payment', { probability: 0.02, timeout_ms: 2000 })
    .connect('api', 'audit', { probability: 0.01 })
    .workload({ peak_rps: 2000 })
    .build();
  const nodes = { browser: [0, 192], lb: [304, 192], api: [600, 168], cache: [928, 104], db: [928, 232], queue: [600, 472], worker: [928, 472], copy: [928, 584], payment: [304, 776], audit: [600, 776] } as const;
  const boxes = { Europe: [272, 0, 1168 - 272 + 24, 700], 'Zone a': [544, 48, 616, 280], 'Checkout cluster': [568, 104, 248, 160], 'Zone b': [544, 400, 616, 276], 'Payments team': [272, 720, 568, 152] } as const;
  for (const [id, [x, y]] of Object.entries(nodes)) drawing.layout.nodes[id] = { x, y };
  for (const [id, [x, y, w, h]] of Object.entries(boxes)) drawing.layout.boundaries[id] = { x, y, w, h };
  drawing.notes.plan = { id: 'plan', text: '**Plan for the sale**\n- move reports to the copy\n- ask payments for a higher quota' };
  drawing.layout.notes.plan = { x: 0, y: 320, w: 200, h: 120 };
  return drawing;
}

const DOMAINS = ['Identity', 'Catalogue', 'Basket', 'Checkout', 'Payment', 'Orders', 'Inventory', 'Shipping', 'Pricing', 'Search', 'Recommendations', 'Notifications'] as const;

/** Sixty components with names of every length, three stages of services, shared stores and background work. */
export function crowdedDrawing(): Design {
  const builder = design('marketplace').workload({ peak_rps: 900 });
  builder.node('client', 'web', {}, { name: 'Web and mobile clients' }).node('client', 'partner', {}, { name: 'Partners' });
  builder.node('gateway-kong', 'gateway', {}, { name: 'Public gateway' }).node('gateway-kong', 'partner-gateway', {}, { name: 'Partner gateway' });
  builder.connect('web', 'gateway').connect('partner', 'partner-gateway');
  const columns: string[][] = [['web', 'partner'], ['gateway', 'partner-gateway'], [], [], [], [], []];
  DOMAINS.forEach((domain, i) => {
    const key = domain.toLowerCase();
    const zones = { zone_spread: (1 + (i % 3)) as 1 | 2 | 3 };
    builder.node('service', key, { instances: 1 + (i % 5), cpu_ms: 4 + 3 * (i % 4) }, { name: `${domain} API`, ...zones });
    builder.node('rdbms', `${key}-db`, { vcpu: 2 + 2 * (i % 2), replicas: i % 3 }, { name: `${domain} primary database` });
    builder.connect(i % 4 === 3 ? 'partner-gateway' : 'gateway', key).connect(key, `${key}-db`);
    columns[2 + (i % 2)]?.push(key);
    columns[5]?.push(`${key}-db`);
    if (i % 2 === 0) {
      builder.node('redis', `${key}-cache`, {}, { name: `${domain} cache` }).connect(key, `${key}-cache`);
      columns[4]?.push(`${key}-cache`);
    }
    if (i % 3 === 0) {
      builder.node('rabbitmq', `${key}-events`, {}, { name: `${domain} events` }).connect(key, `${key}-events`, { probability: 0.2 });
      builder.node('celery-worker', `${key}-worker`, { task_cpu_s: 0.05 }, { name: `${domain} worker` }).connect(`${key}-events`, `${key}-worker`);
      columns[4]?.push(`${key}-events`);
      columns[6]?.push(`${key}-worker`);
    }
    const next = DOMAINS[(i * 5 + 3) % DOMAINS.length]?.toLowerCase();
    if (i % 2 === 0 && next !== undefined && next !== key) builder.connect(key, next, { probability: 0.3, timeout_ms: 500 });
  });
  for (let i = 0; i < 18; i++) {
    const owner = DOMAINS[i % DOMAINS.length]?.toLowerCase() ?? 'identity';
    builder.node('monolith', `helper-${i}`, { instances: 1 + (i % 3), cpu_ms: 6 }, { name: i % 2 === 0 ? `Legacy ${i + 1}` : `Legacy reporting module ${i + 1}` });
    builder.connect(owner, `helper-${i}`, { probability: 0.05 });
    columns[i % 2 === 0 ? 3 : 6]?.push(`helper-${i}`);
  }
  return inColumns(builder, columns);
}
