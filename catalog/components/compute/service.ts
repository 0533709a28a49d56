import { defineComponent } from '../../../shared/contracts/component.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptCalls } from '../common/accepts.ts';
import { application, applicationEffective, applicationFields } from '../common/application.ts';

/** One service of several: its own deployable with one owner. */
export const service = defineComponent({
  type: 'service',
  aliases: ['microservice'],
  version: 1,
  title: 'Service',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M10 2.5 16.5 6v8L10 17.5 3.5 14V6z M3.5 6 10 9.5 16.5 6 M10 9.5v8',
  keywords: ['api', 'backend', 'microservice', 'rest', 'graphql', 'grpc', 'server', 'container'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object(applicationFields({ framework: 'fastapi', server: 'uvicorn', worker_class: 'asgi' })),
  behavior: application,
  effective: applicationEffective,
  accepts: acceptCalls,
  presets: [
    { id: 'fastapi', title: 'FastAPI', keywords: ['starlette', 'asgi'], params: { framework: 'fastapi', server: 'uvicorn', worker_class: 'asgi' } },
    { id: 'gunicorn', title: 'Gunicorn', keywords: ['gunicorn threads'], params: { framework: 'flask', server: 'gunicorn', worker_class: 'gthread', threads: 4 } },
    { id: 'gevent', title: 'Gevent service', keywords: ['greenlet'], params: { framework: 'flask', server: 'gunicorn', worker_class: 'gevent' } },
    { id: 'uvicorn', title: 'Uvicorn', keywords: ['uvicorn workers', 'hypercorn'], params: { framework: 'fastapi', server: 'uvicorn', worker_class: 'asgi' } },
    { id: 'express', title: 'Express', keywords: ['node', 'nodejs', 'node.js', 'nestjs', 'javascript', 'typescript'], params: { framework: 'express', server: 'builtin', worker_class: 'asgi' } },
    { id: 'spring-boot', title: 'Spring Boot', keywords: ['spring', 'java', 'tomcat', 'kotlin'], params: { framework: 'spring', server: 'builtin', worker_class: 'gthread', threads: 200 } },
    { id: 'go-service', title: 'Go service', keywords: ['go', 'golang', 'gin'], params: { framework: 'go', server: 'builtin', worker_class: 'asgi', worker_connections: 10_000 } },
    { id: 'aspnet', title: 'ASP.NET Core', keywords: ['aspnet', 'dotnet', '.net', 'c#', 'kestrel'], params: { framework: 'aspnet', server: 'builtin', worker_class: 'asgi', worker_connections: 10_000 } },
  ],
  recognition: { images: ['tiangolo/uvicorn-gunicorn*', 'python', 'python*', 'node', 'node*', 'golang*', 'openjdk*', 'eclipse-temurin*', 'dotnet/*', 'denoland/deno*', 'oven/bun*', 'amazoncorretto*', 'postgrest/postgrest*', 'supabase/postgres-meta*', 'temporalio/*'], words: ['service', 'svc', 'api', 'backend', 'fastapi', 'microservice', 'server'] },
  docs: {
    what: 'One deployable with one owner team, called over the network. FastAPI on an event loop unless set otherwise.',
    when: 'A part scales, changes or fails differently from the rest and a team of its own looks after it.',
    whenNot: 'Few people, low traffic, or a part that always changes together with another: each split adds a hop, a deploy and a way to fail.',
  },
  examples: [
    { title: 'a service that is not Python has no GIL', params: { framework: 'go', worker_class: 'asgi', vcpu: 4 }, expect: (b) => b.resources[0]?.kind === 'process-server' && !b.resources[0].gil && b.resources[0].workers === 1 && b.resources[0].threads === 4 },
    { title: 'Java threads share all cores', params: { framework: 'spring', worker_class: 'gthread', threads: 200 }, expect: (b) => b.resources[0]?.kind === 'process-server' && !b.resources[0].gil && b.resources[0].threads === 200 && b.resources[0].rss_mb === 500 },
    { title: 'Node.js computes on one core per process', params: { framework: 'express', gil: false, vcpu: 4 }, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].gil && b.resources[0].workers === 4 && b.resources[0].demand.cpu_s === 0.003 },
    { title: 'one event loop for each core', params: { vcpu: 4 }, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].workers === 4 && b.resources[0].worker_class === 'asgi' },
    { title: 'FastAPI takes 4 ms', params: {}, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].demand.cpu_s === 0.004 && b.resources[0].units === 2 && b.resources[0].memory_gb === 8 },
    { title: 'two machines of two cores cost $140 a month', params: {}, expect: (b) => b.costs.length === 1 && b.costs[0]?.price === 'ec2_vcpu_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 4 },
    { title: 'more memory than 4 GB a core is a larger machine', params: { instances: 1, mem_gb: 32 }, expect: (b) => b.costs[0]?.quantity.per === 'hours' && b.costs[0].quantity.units === 8 },
    { title: 'Fargate pays cores and memory and scales within a minute', params: { host: 'fargate', autoscale: { min: 2, max: 8 } }, expect: (b) => b.costs.length === 2 && b.costs.every((line) => line.autoscaled === true) && b.autoscale?.lag_s === 60 && b.autoscale.target === 0.6 },
    { title: 'limits in the wrong order are put right', params: { autoscale: { min: 6, max: 3 } }, expect: (b) => b.autoscale?.min === 6 && b.autoscale.max === 6 },
  ],
});
