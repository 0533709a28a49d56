import { describe, expect, it } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import type { Behavior } from '../../shared/contracts/behavior.ts';
import type { Component } from '../../shared/contracts/component.ts';
import { resolveParams, type ParamField } from '../../shared/contracts/params.ts';
import type { Params } from '../../shared/model/design.ts';

const components = [...catalog.components.values()];

/** Parameters that rules, journeys or the engine read from the node itself, not from its behavior (semantics 5, 8, 10, 11). */
const READ_ELSEWHERE: readonly string[] = [
  'tf_config_env', 'tf_stateless', 'tf_logs_stdout', 'tf_graceful', 'tf_backing_urls', 'startup_s', 'traced', 'deploy', 'migrate_on_start', 'release_train', 'pinned_shared_libs',
  'own_auth', 'own_limits', 'contractual', 'reconnect_jitter_s', 'crash_rate', 'oom_prone', 'acks_late', 'reject_on_worker_lost', 'idempotent', 'visibility_timeout_s',
  'idle_timeout_s', 'integration_timeout_s', 'timeout_s', 'region', 'kind', 'holds', 'shard_key', 'maxmemory_set', 'backlog', 'backfill_rows_s',
];

function behave(component: Component, params: Params, managed: boolean): Behavior {
  const { values, stated } = resolveParams(component.params, params);
  return component.behavior(values, { stated, managed, hot_set_bytes: 0 });
}

function probes(field: ParamField): unknown[] {
  const { min = 0, max = 1e9 } = field;
  const middle = typeof field.default === 'number' ? field.default : 1;
  if (field.kind === 'number') return [min, max, middle * 2 + 1, middle / 2].map((value) => (field.integer ? Math.round(value) : value));
  if (field.kind === 'choice') return [...(field.values ?? [])];
  if (field.kind === 'subset') return [[], ...(field.values ?? []).map((value) => [value])];
  if (field.kind === 'flag') return [true, false];
  if (field.kind === 'numbers') return [[1], [1, 5]];
  return field.kind === 'group' ? [{}, { enabled: false }] : ['x'];
}

/** Situations in which a parameter may matter: as it comes, each preset, and each option of each choice. */
function situations(component: Component): Params[] {
  const options = component.fields.flatMap((field) => (field.kind === 'choice' || field.kind === 'flag' ? probes(field).map((value) => ({ [field.key]: value }) as Params) : []));
  const plural = component.fields.filter((field) => field.kind === 'number' && field.integer).map((field) => ({ [field.key]: 3 }) as Params);
  return [{}, ...(component.presets ?? []).map((preset) => preset.params), ...options, ...plural];
}

function matters(component: Component, field: ParamField): boolean {
  return situations(component).some((base) => [true, false].some((managed) => {
    const { [field.key]: _, ...rest } = base;
    const before = JSON.stringify(behave(component, rest, managed));
    return probes(field).some((value) => JSON.stringify(behave(component, { ...rest, [field.key]: value } as Params, managed)) !== before);
  }));
}

describe.each(components.map((component) => [component.type, component] as const))('%s', (_, component) => {
  it('has no parameter that does nothing and does not say so', () => {
    const idle = component.fields.filter((field) => !READ_ELSEWHERE.includes(field.key) && !matters(component, field));
    expect(idle.map((field) => field.key)).toEqual([]);
  });

  it('shows for unset parameters the values that it computes with', () => {
    const known = new Map(component.fields.map((field) => [field.key, field]));
    for (const params of situations(component)) {
      const shown = component.effective(resolveParams(component.params, params).values);
      for (const [key, { value, because }] of Object.entries(shown)) {
        expect(known.has(key), key).toBe(true);
        expect(because).toMatch(/^[\x20-\x7e’“”±·×–]+$/);
        const stated = { ...params, [key]: value } as Params;
        if (resolveParams(component.params, stated).invalid.length > 0) continue;
        const managed = (source: Params) => ({ ...behave(component, source, true), not_modelled: [] });
        expect(managed(stated), `${key} ${JSON.stringify(params)}`).toEqual(managed(params));
      }
    }
  });
});
