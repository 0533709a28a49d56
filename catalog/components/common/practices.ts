import { choice, flag, number, optionalNumber, practice, text } from '../../../shared/contracts/params.ts';

const A = { provenance: 'A' as const };
const T = { provenance: 'A' as const, source: 'twelve-factor' };

/** Twelve-Factor and release practices of own code (semantics 11). Shared by applications and workers. */
export const practiceFields = {
  startup_s: number({ ...A, default: 20, min: 0, label: 'Start time', group: 'delivery', unit: 's', help: 'Seconds from start until an instance serves. Slow starts make scaling and failover late.' }),
  tf_config_env: practice({ ...T, default: true, label: 'Config from environment', group: 'delivery', help: 'One build runs in every environment (Twelve-Factor III).', question: 'Does its configuration come from the environment rather than the code?' }),
  tf_stateless: practice({ ...T, default: true, label: 'Stateless', group: 'delivery', help: 'No session, upload or cached truth on the instance itself (Twelve-Factor VI). Without it a second instance loses users’ state.', question: 'Does it keep no session or file on the instance itself?' }),
  tf_logs_stdout: practice({ ...T, default: true, label: 'Logs as a stream', group: 'delivery', help: 'Logs go to standard output, not to local files (Twelve-Factor XI).', question: 'Do logs leave the instance as a stream?' }),
  tf_graceful: practice({ ...T, default: true, label: 'Graceful stop', group: 'delivery', help: 'On SIGTERM it finishes what it does and takes nothing new (Twelve-Factor IX).', question: 'Does it finish running work when it is told to stop?' }),
  tf_backing_urls: practice({ ...T, default: true, label: 'Backing services by URL', group: 'delivery', help: 'Stores and brokers are addressed by configuration, not hard-coded (Twelve-Factor IV).', question: 'Are addresses of stores and services configuration?' }),
  traced: practice({ ...A, default: false, label: 'Traced', group: 'delivery', help: 'Requests through it appear in a distributed trace.', question: 'Do requests through it appear in a distributed trace?' }),
  deploys_per_year: optionalNumber({ ...A, min: 0, label: 'Deploys', group: 'delivery', unit: 'per_year', help: 'Deploys of this part alone. Unset: its share of the design’s changes a year.' }),
  canary: number({ ...A, default: 1, min: 0.001, max: 1, step: 0.05, practice: true, question: 'Does a new version first reach only a part of the traffic?', label: 'First exposure', group: 'delivery', unit: 'ratio', help: 'Share of the traffic that a new version reaches before it is trusted. 1: no canary, a bad deploy hits all.' }),
  deploy: choice(['rolling', 'recreate'], { ...A, default: 'rolling', label: 'Deploy', group: 'delivery', help: 'Rolling: old and new run side by side for a while. Recreate: all stop, then all start.', options: { rolling: 'Rolling', recreate: 'Recreate' } }),
  migrate_on_start: practice({ ...A, default: false, label: 'Migrates on start', group: 'delivery', help: 'Each instance runs the schema migrations when it starts; several at once race.', question: 'Does it run schema migrations when it starts?' }),
  release_train: text({ ...A, label: 'Release train', group: 'delivery', help: 'Parts with the same train are released together. Empty: released alone.' }),
  pinned_shared_libs: practice({ ...A, default: false, label: 'Pinned shared library', group: 'delivery', help: 'Shares a domain library whose version must match in other services.', question: 'Must it use the same version of a shared domain library as other services?' }),
};

/** What an application checks by itself when no gateway does it. */
export const ownGuardFields = {
  own_auth: practice({ ...A, default: false, label: 'Own authentication', group: 'delivery', help: 'It checks who is calling by itself instead of leaving that to a gateway.', question: 'Does it check by itself who is calling?' }),
  auth_ms: number({ ...A, default: 0, min: 0, step: 0.1, label: 'Check of a caller', group: 'capacity', unit: 'ms', help: 'CPU time of checking one caller, beside the CPU per request. Counts only with own authentication: behind a gateway that checks, it is saved in every part. 0: part of the CPU per request.' }),
  own_limits: practice({ ...A, default: false, label: 'Own limits', group: 'delivery', help: 'It limits requests by itself instead of leaving that to a gateway.', question: 'Does it limit requests by itself?' }),
};

/** CPU of checking one caller, seconds: nothing where a gateway does it, or where the CPU per request holds it already. */
export function guardCpuS({ own_auth, auth_ms }: { readonly own_auth: boolean; readonly auth_ms: number }): number {
  return own_auth ? auth_ms / 1000 : 0;
}

/** What can be lost when a worker dies while it works. */
export const crashFields = {
  crash_rate: number({ ...A, default: 0.00001, min: 0, max: 1, label: 'Crashes per task', group: 'messaging', unit: 'ratio', help: 'Probability that the worker dies during a task. Decides losses and duplicates.' }),
  oom_prone: flag({ ...A, default: false, label: 'May run out of memory', group: 'messaging', help: 'Some tasks are large enough to be killed for their memory.' }),
};

/** Mechanisms that a deployable switches on and that someone must look after (semantics 10, operational burden). */
export function mechanismsOf(params: { readonly autoscale: object | null; readonly canary?: number; readonly rate_limit?: { readonly enabled: boolean } | null }): string[] {
  const mechanisms: string[] = [];
  if (params.autoscale !== null) mechanisms.push('autoscaling');
  if (params.canary !== undefined && params.canary < 1) mechanisms.push('canary release');
  if (params.rate_limit?.enabled) mechanisms.push('rate limiting');
  return mechanisms;
}
