import { useState, type FocusEvent, type ReactElement } from 'react';
import { formatUtilisation } from '../../../../shared/lib/format.ts';
import type { ResourceName } from '../../../../shared/contracts/evaluation.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { RESOURCE_WORDS } from '../../evaluation/resource-words.ts';
import type { Entry } from '../../forms/bags.ts';
import { ParamRow } from '../../forms/ParamForm.tsx';
import { useInspectorView } from '../../forms/view-state.ts';
import { Group } from '../../ui/Group.tsx';
import { BINDING_KEYS } from './binding-keys.ts';
import styles from './Inspector.module.css';

const MOST = 3;

function mirrorsOf(entries: readonly Entry[], resource: ResourceName): readonly Entry[] {
  const found = BINDING_KEYS[resource].flatMap((key) => entries.find((entry) => entry.field.key === key) ?? []);
  return found.slice(0, MOST).map((entry) => ({ ...entry, mirror: true }));
}

/** The parameters that move a component's binding resource most, as mirrors of the fields below. While one is edited the resource stays. */
export function BindingNow({ id, formId, entries }: { readonly id: string; readonly formId: string; readonly entries: readonly Entry[] }): ReactElement | null {
  const result = useEvaluation((state) => (state.current ?? state.base)?.nodes[id]);
  const closed = useInspectorView((state) => state.closed.has(`${formId}/binding`));
  const toggle = useInspectorView((state) => state.toggle);
  const [held, setHeld] = useState<ResourceName | null>(null);
  const binding = held ?? result?.binding ?? null;
  const mirrors = binding === null ? [] : mirrorsOf(entries, binding);
  if (binding === null || mirrors.length === 0) return null;
  const load = result?.resources.find(({ resource }) => resource === binding)?.utilisation;
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setHeld(null);
  };
  return (
    <div className={styles.binding} onFocus={() => setHeld(binding)} onBlur={onBlur}>
      <Group title="Binding now" count={load === undefined ? RESOURCE_WORDS[binding] : `${RESOURCE_WORDS[binding]} ${formatUtilisation(load)}`} open={!closed} onToggle={() => toggle(`${formId}/binding`)}>
        {mirrors.map((entry) => (
          <ParamRow key={entry.field.key} entry={entry} />
        ))}
      </Group>
    </div>
  );
}
