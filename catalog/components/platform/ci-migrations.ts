import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, practice } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { NEVER_FAILS } from '../common/failure.ts';
import { notModelled } from '../common/not-modelled.ts';

const A = { provenance: 'A' as const };

/** A job of the delivery pipeline that changes the database's schema. It takes no part in the load. */
export const ciMigrations = defineComponent({
  type: 'ci-migrations',
  aliases: ['ci_migrations', 'migration_job', 'migration-job'],
  version: 1,
  title: 'Migration job',
  category: 'platform',
  silhouette: 'compute',
  icon: 'M2.5 4h8v12h-8z M2.5 8h8 M2.5 12h8 M15 16V5 M12.5 7.5 15 5l2.5 2.5',
  keywords: ['migrations', 'schema migration', 'database migration', 'delivery pipeline', 'ci/cd'],
  figures: { primary: 'jobs', secondary: 'none' },
  params: z.object({
    tool: choice(['alembic', 'django', 'other'], { ...A, default: 'alembic', label: 'Tool', group: 'delivery', help: 'What writes and runs the migrations. It changes no number.', options: { alembic: 'Alembic', django: 'Django migrations', other: 'Another tool' } }),
    lock_timeout: practice({ ...A, default: true, label: 'Lock timeout', group: 'delivery', help: 'A migration that cannot get its lock within seconds gives up instead of holding up all queries behind it.', question: 'Does a migration give up when it cannot get its lock within seconds?' }),
    backfill_rows_s: number({ ...A, default: 2000, min: 1, step: 500, label: 'Rows filled in', group: 'delivery', unit: 'ops', help: 'Rows per second that the backfill of a new column writes, throttled so that the database stays below 70 %.' }),
  }),
  behavior: (params, context) => ({
    routing: 'fan-out',
    role: 'migration',
    stateful: false,
    resources: [],
    failure: NEVER_FAILS,
    costs: [],
    operations: { technology: params.tool, burden: 'none', deployable: false, mechanisms: [] },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: notModelled(context, { lock_timeout: 'Queries held up by a migration that waits for its lock' }),
  }),
  accepts: () => 'The pipeline starts migrations. Draw the arrow from the job to the database.',
  presets: [
    { id: 'alembic', title: 'Alembic', keywords: ['alembic upgrade', 'flask-migrate'], params: { tool: 'alembic' } },
    { id: 'django-migrations', title: 'Django migrations', keywords: ['manage.py migrate', 'south'], params: { tool: 'django' } },
    { id: 'flyway', title: 'Flyway', keywords: ['liquibase'], params: { tool: 'other' } },
  ],
  recognition: { images: ['flyway/*', 'liquibase/*', 'migrate/migrate*'], words: ['migrate', 'migration', 'migrations', 'alembic', 'flyway', 'liquibase', 'db-migrate'] },
  docs: {
    what: 'Runs schema changes once for each release, apart from the processes that serve requests (Twelve-Factor XII).',
    when: 'Every relational database that outlives its first week. With expand and contract, old and new code both run meanwhile.',
    whenNot: 'At the start of each web instance: several run it at once, and a slow migration keeps all of them from serving.',
  },
  examples: [
    { title: 'takes no part in the load and costs nothing', params: {}, expect: (b) => b.role === 'migration' && b.resources.length === 0 && b.costs.length === 0 && b.failure.unit_availability === 1 },
    { title: 'is named after its tool', params: { tool: 'django' }, expect: (b) => b.operations.technology === 'django' && b.operations.burden === 'none' },
  ],
});
