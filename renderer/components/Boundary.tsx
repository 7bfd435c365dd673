import { Component, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Status } from './Status.tsx';

/** The fourth boundary of the program: a fault while drawing costs this view, never the work. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly fault: string | null }> {
  override state = { fault: null as string | null };

  static getDerivedStateFromError(thrown: unknown) {
    return { fault: thrown instanceof Error ? `${thrown.message}\n${thrown.stack ?? ''}` : String(thrown) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <main className="body boundary">
        <div role="alert">
          <p className="row">
            <Status of="failed" />
            <b>Something in Ivory broke while drawing this view. Your work is kept.</b>
          </p>
          <p className="row">
            <Button onClick={() => void navigator.clipboard.writeText(`INTERNAL\n${fault}`)}>
              Copy report
            </Button>
            <Button primary onClick={() => this.setState({ fault: null })}>
              Draw again
            </Button>
          </p>
          <pre className="t11 mono">{fault.split('\n', 1)[0]}</pre>
        </div>
      </main>
    );
  }
}
