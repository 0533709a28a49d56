import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactElement, ReactNode } from 'react';
import styles from './Tabs.module.css';

/** One tab with its panel. */
export interface TabItem {
  readonly id: string;
  readonly label: string;
  readonly count?: number;
  readonly panel: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly tabs: readonly TabItem[];
  /** Drawn at the right end of the strip. */
  readonly actions?: ReactNode;
}

/** Views that share one place. The strip is 36 high; each panel scrolls on its own. */
export function Tabs({ label, value, onChange, tabs, actions }: TabsProps): ReactElement {
  return (
    <Base.Root className={styles.root} value={value} onValueChange={(next: string) => onChange(next)}>
      <div className={styles.strip}>
        <Base.List className={styles.list} aria-label={label} activateOnFocus={false}>
          {tabs.map((tab) => (
            <Base.Tab key={tab.id} value={tab.id} className={styles.tab} data-tab={tab.id} data-label={tab.count === undefined ? tab.label : `${tab.label} ${tab.count}`}>
              {tab.label}
              {tab.count !== undefined && ' '}
              {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {actions}
      </div>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className={styles.panel} tabIndex={-1} data-panel={tab.id}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
