import type { Design } from '../../shared/model/design.ts';
import { design } from '../support/design-builder.ts';

/**
 * A drawing of `nodes` components, twice as many connections and `journeys` journeys: balancers over layers of services
 * with databases, caches and queues, in the proportions of a real system. `variant` changes one parameter and the load, so that nothing
 * is known of one variant from another.
 */
export function benchDesign(nodes: number, journeys: number, variant = 0): Design {
  const built = design(`Bench ${nodes}`).kong('gw', { instances: 12, vcpu: 8 });
  let edges = 0;
  const connect = (from: string, to: string, params: Record<string, number> = {}): void => {
    built.connect(from, to, params);
    edges += 1;
  };
  const entries = journeys;
  const stores = Math.floor(nodes * 0.2);
  const caches = Math.floor(nodes * 0.12);
  const queues = Math.floor(nodes * 0.06);
  const services = nodes - 1 - 2 * entries - stores - caches - 2 * queues;
  for (let i = 0; i < services; i++) built.service(`s${i}`, { instances: 4 + (i % 3), cpu_ms: 2 + (i % 5) + (i === variant % services ? variant * 1e-3 : 0) });
  for (let i = 0; i < entries; i++) {
    built.client(`c${i}`).balancer(`lb${i}`);
    connect(`c${i}`, 'gw');
    connect('gw', `lb${i}`);
    connect(`lb${i}`, `s${i}`);
  }
  for (let i = 0; i + entries < services; i++) connect(`s${i}`, `s${i + entries}`, { probability: 0.4 });
  for (let i = 0; i < stores; i++) {
    built.rdbms(`d${i}`, { replicas: i % 2 });
    connect(`s${(2 * i) % services}`, `d${i}`, { queries: 2 });
    connect(`s${(2 * i + 1) % services}`, `d${i}`);
  }
  for (let i = 0; i < caches; i++) {
    built.redis(`r${i}`);
    connect(`s${(3 * i) % services}`, `r${i}`);
    connect(`s${(3 * i + 1) % services}`, `r${i}`);
  }
  for (let i = 0; i < queues; i++) {
    built.rabbitmq(`q${i}`).celery(`w${i}`, { task_cpu_s: 0.01 });
    connect(`s${(7 * i) % services}`, `q${i}`);
    connect(`q${i}`, `w${i}`);
    connect(`w${i}`, `d${i % stores}`);
  }
  for (let i = 0; edges < nodes * 2; i++) connect(`s${i % (services - 16)}`, `s${(i % (services - 16)) + 6 + (i % 9)}`, { probability: 0.1 });
  for (let i = 0; i < journeys; i++) built.journey(`j${i}`, { rate_rps: 200 + variant * 1e-3, entry: `c${i}>gw`, steps: [{ edge: `gw>lb${i}` }] });
  return built.build();
}
