import type { Design } from '../../shared/model/design.ts';
import { design } from './design-builder.ts';

/** A drawing of 100 components, 200 connections and 5 journeys through one gateway: the size that speed is measured on. */
export function largeDesign(): Design {
  const built = design('Large').kong('gw');
  let edges = 10;
  for (let i = 0; i < 5; i++) built.client(`c${i}`).balancer(`lb${i}`).connect('gw', `lb${i}`).connect(`c${i}`, 'gw');
  for (let i = 0; i < 45; i++) built.service(`s${i}`, { instances: 4, cpu_ms: 2 + (i % 5) });
  const connect = (from: string, to: string, params: Record<string, number> = {}): void => {
    built.connect(from, to, params);
    edges += 1;
  };
  for (let i = 0; i < 5; i++) connect(`lb${i}`, `s${i}`);
  for (let i = 0; i < 40; i++) {
    connect(`s${i}`, `s${i + 5}`, { probability: 0.5 });
    if (i % 2 === 1) connect(`s${i}`, `s${Math.min(44, i + 7)}`, { probability: 0.2 });
  }
  for (let i = 0; i < 20; i++) {
    built.rdbms(`d${i}`);
    connect(`s${2 * i}`, `d${i}`, { queries: 2 });
    connect(`s${2 * i + 1}`, `d${i}`);
  }
  for (let i = 0; i < 12; i++) {
    built.redis(`r${i}`);
    connect(`s${3 * i}`, `r${i}`);
    connect(`s${3 * i + 1}`, `r${i}`);
  }
  for (let i = 0; i < 6; i++) {
    built.rabbitmq(`q${i}`).celery(`w${i}`, { task_cpu_s: 0.01 });
    connect(`s${i * 7}`, `q${i}`);
    connect(`q${i}`, `w${i}`);
    connect(`w${i}`, `d${i}`);
  }
  while (edges < 200) connect(`s${edges % 30}`, `s${(edges % 30) + 6 + (edges % 9)}`, { probability: 0.1 });
  for (let i = 0; i < 5; i++) built.journey(`j${i}`, { rate_rps: 200, entry: `c${i}>gw`, steps: [{ edge: `gw>lb${i}` }] });
  return built.build();
}
