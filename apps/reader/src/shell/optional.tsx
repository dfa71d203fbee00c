import { Component, type ErrorInfo, type ReactNode, Suspense } from 'react';

type Props = { readonly children: ReactNode };
type State = { readonly failed: boolean };

/** An optional part that is loaded later: if it cannot be fetched or fails, the page works without it. */
export class Optional extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.failed ? null : <Suspense>{this.props.children}</Suspense>;
  }
}
