import type { ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import { ErrorBoundary } from './error.boundary.tsx';
import { Pages } from './pages.tsx';
import { Shell } from './shell.tsx';

export function App(): ReactNode {
  return (
    <ErrorBoundary>
      <BrowserRouter>
        <Shell>
          <Pages />
        </Shell>
      </BrowserRouter>
    </ErrorBoundary>
  );
}
