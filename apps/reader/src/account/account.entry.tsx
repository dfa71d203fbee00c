import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { signInPath } from '../address/account.address.ts';
import { hereNow } from '../address/page.address.ts';
import { useGo } from '../address/use.go.ts';
import { useSession } from '../session/use.session.ts';
import { initialOf } from './initial.ts';
import './account.entry.css';

const AccountMenu = lazy(() => import('./account.menu.tsx'));

/** The account in the header: a link to sign in, or the reader's initial with a menu. */
export function AccountEntry(): ReactNode {
  const { account } = useSession();
  const { pathname, search } = useLocation();
  const go = useGo();
  const link = useRef<HTMLAnchorElement>(null);
  const wasKnown = useRef(false);

  // Signing out removed the menu that had the focus.
  useEffect(() => {
    const lost = document.activeElement === document.body;
    if (wasKnown.current && !account && lost) link.current?.focus();
    wasKnown.current = account !== undefined;
  }, [account]);

  if (!account) {
    return (
      <Link
        ref={link}
        className="account-sign-in"
        to={signInPath(pathname + search)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          go(signInPath(hereNow()));
        }}
        aria-label="Sign in"
      >
        <span className="account-words">Sign in</span>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="6.6" r="3.4" />
          <path d="M3.4 17.4c.5-3.9 3-5.6 6.6-5.6s6.1 1.7 6.6 5.6" />
        </svg>
      </Link>
    );
  }
  return (
    <Suspense fallback={<span className="account-button">{initialOf(account.name)}</span>}>
      <AccountMenu account={account} />
    </Suspense>
  );
}
