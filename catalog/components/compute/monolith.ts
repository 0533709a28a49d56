import { defineComponent } from '../../../shared/contracts/component.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptCalls } from '../common/accepts.ts';
import { application, applicationEffective, applicationFields } from '../common/application.ts';

/** One application that holds all of the business code. */
export const monolith = defineComponent({
  type: 'monolith',
  aliases: ['webapp', 'web-app'],
  version: 1,
  title: 'Monolith',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M3.5 2.5h13a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1z M2.5 8h15 M9 8v9.5 M9 13h8.5',
  keywords: ['application', 'app', 'web', 'web tier', 'web application', 'modular monolith', 'wsgi'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object(applicationFields({ framework: 'django', server: 'gunicorn', worker_class: 'sync' })),
  behavior: application,
  effective: applicationEffective,
  accepts: acceptCalls,
  presets: [
    { id: 'django', title: 'Django', keywords: ['drf', 'django rest framework'], params: { framework: 'django' } },
    { id: 'flask', title: 'Flask', keywords: ['werkzeug'], params: { framework: 'flask' } },
    { id: 'uwsgi', title: 'uWSGI', keywords: ['uwsgi app'], params: { server: 'uwsgi', worker_class: 'gthread', threads: 4 } },
    { id: 'rails', title: 'Ruby on Rails', keywords: ['rails', 'ruby', 'puma'], params: { framework: 'rails', server: 'builtin', worker_class: 'gthread', threads: 5 } },
  ],
  recognition: { images: ['django*', 'odoo*', 'wordpress*', 'netbox*', 'sentry*', 'ruby*', 'rails*'], words: ['monolith', 'django', 'flask', 'webapp', 'web', 'app', 'rails'] },
  docs: {
    what: 'All features in one deployable. Calls between modules cost nothing; one deploy carries everything.',
    when: 'One to three teams, a domain still in motion, a few thousand requests per second. The cheapest design to run and the fastest on one request.',
    whenNot: 'Many teams wait for one release, or one heavy feature forces scaling all of them. A bad deploy reaches every request.',
  },
  examples: [
    { title: 'Ruby has a lock of its own and a process for each core', params: { framework: 'rails', gil: false, worker_class: 'gthread', threads: 5 }, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].gil && b.resources[0].workers === 2 && b.resources[0].threads === 5 },
    { title: 'Gunicorn’s rule of thumb', params: { vcpu: 4 }, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].workers === 9 && b.resources[0].worker_class === 'sync' },
    { title: 'Django takes 15 ms, Flask 8 ms', params: { framework: 'flask' }, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].demand.cpu_s === 0.008 && b.resources[0].rss_mb === 90 },
    { title: 'threads make the sync class the threads class', params: { threads: 4 }, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].worker_class === 'gthread' },
    { title: 'template A', params: { instances: 3, vcpu: 2, workers: 5, threads: 4, worker_class: 'gthread', cpu_ms: 8 }, expect: (b) => b.resources[0]?.kind === 'process-server' && b.resources[0].units === 3 && b.resources[0].workers === 5 && b.costs[0]?.quantity.per === 'hours' && b.costs[0].quantity.units === 6 },
    { title: 'own code that can be deployed badly', params: { canary: 0.1 }, expect: (b) => b.failure.own_code && b.failure.canary === 0.1 && b.operations.deployable && b.operations.mechanisms.includes('canary release') },
  ],
});
