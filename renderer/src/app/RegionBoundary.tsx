import { Component, type ReactElement, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { CutTooltip } from '../ui/CutTooltip.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './RegionBoundary.module.css';

interface RegionBoundaryProps {
  /** The region's name as the message says it: "The inspector". */
  readonly name: string;
  readonly children: ReactNode;
  /** The region is one line high: the reason stands in the message's tooltip. */
  readonly line?: boolean;
}

interface RegionBoundaryState {
  readonly error: Error | null;
}

/** Keeps a fault of one region from taking the window with it. The drawing lives in the store and is not touched. */
export class RegionBoundary extends Component<RegionBoundaryProps, RegionBoundaryState> {
  override state: RegionBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): RegionBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.explain(error);
  }

  private explain(error: Error): ReactElement {
    const again = <Button onClick={() => this.setState({ error: null })}>Show it again</Button>;
    const title = `${this.props.name} stopped working`;
    const words = `The drawing is as you left it and can be saved. Reason: ${error.message}`;
    if (this.props.line === true) {
      return (
        <div role="alert" className={styles.line}>
          <CutTooltip content={words}>
            <span className={styles.words}>
              <span className="truncate">{`${title}. ${words}`}</span>
            </span>
          </CutTooltip>
          {again}
        </div>
      );
    }
    return (
      <div role="alert">
        <EmptyState title={title} action={again}>{words}</EmptyState>
      </div>
    );
  }
}
