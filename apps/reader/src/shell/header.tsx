import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { OfflineNote } from '../offline/offline.note.tsx';

export function Header({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <header className="header">
      <Link className="wordmark" to="/" aria-label="GospeLib, the library">
        <span aria-hidden="true">
          Gospe<span className="wordmark-end">Lib</span>
        </span>
      </Link>
      <OfflineNote />
      {children}
    </header>
  );
}
