import { Component, type ReactElement, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

interface RegionBoundaryProps {
  /** The region's name as the message says it: "The inspector". */
  readonly name: string;
  readonly children: ReactNode;
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
    return (
      <div role="alert">
        <EmptyState title={`${this.props.name} stopped working`} action={<Button onClick={() => this.setState({ error: null })}>Show it again</Button>}>
          The drawing is as you left it and can be saved. Reason: {error.message}
        </EmptyState>
      </div>
    );
  }
}
