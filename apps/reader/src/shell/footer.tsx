import type { ReactNode } from 'react';
import { Link } from 'react-router';

export function Footer({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  return (
    <footer className="footer">
      <nav aria-label="About the library">
        <Link to="/">Library</Link>
        <Link to="/search">Search</Link>
        <Link to="/topics">Topics</Link>
        <Link to="/sources">Sources and licences</Link>
        <button type="button" onClick={onHelp}>
          Keyboard
        </button>
      </nav>
    </footer>
  );
}
