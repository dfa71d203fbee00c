import type { ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import { ErrorBoundary } from './error.boundary.tsx';
import { Pages } from './pages.tsx';
import { Shell } from './shell.tsx';

/** Navigation is synchronous, without transitions: boxes and fields show what the address says. */
export function App(): ReactNode {
  return (
    <ErrorBoundary>
      <BrowserRouter useTransitions={false}>
        <Shell>
          <Pages />
        </Shell>
      </BrowserRouter>
    </ErrorBoundary>
  );
}
