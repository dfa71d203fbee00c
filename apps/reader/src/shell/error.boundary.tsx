import { Component, type ErrorInfo, type ReactNode } from 'react';

type Props = { readonly children: ReactNode };
type State = { readonly failed: boolean };

/** Shows a message and what to do for an error of our own, never a blank page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="notice" role="alert">
        <h1>This page could not be shown</h1>
        <p>
          Something in the reader went wrong, not in what you did. Loading it again often helps.
        </p>
        <p>
          <button type="button" className="button" onClick={() => location.reload()}>
            Load again
          </button>{' '}
          <a className="button" href="/">
            To the library
          </a>
        </p>
      </div>
    );
  }
}
