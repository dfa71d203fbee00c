import { type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import { ACCOUNT_PATH } from '../address/account.address.ts';
import { COLLECTIONS_PATH, HISTORY_PATH, NOTEBOOK_PATH } from '../address/study.address.ts';
import type { SessionAccount } from '../session/session.store.ts';
import { initialOf } from './initial.ts';
import { SignOutButton } from './sign-out.button.tsx';

/** Links for signed-in readers; a new page is a new line. */
const LINKS = [
  { to: NOTEBOOK_PATH, label: 'Notebook' },
  { to: COLLECTIONS_PATH, label: 'Reading lists' },
  { to: HISTORY_PATH, label: 'History' },
  { to: ACCOUNT_PATH, label: 'Account' },
] as const;

/** The reader's initial, and the menu that it opens. */
export default function AccountMenu({ account }: { readonly account: SessionAccount }): ReactNode {
  const menu = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        className="account-button"
        popoverTarget="account-menu"
        aria-label={`Account of ${account.name}`}
      >
        <span aria-hidden="true">{initialOf(account.name)}</span>
      </button>
      <div
        ref={menu}
        id="account-menu"
        popover="auto"
        className="account-menu"
        role="dialog"
        aria-label="Account"
      >
        <p className="account-menu-name">{account.name}</p>
        <ul>
          {LINKS.map(({ to, label }) => (
            <li key={to}>
              <Link to={to} onClick={() => menu.current?.hidePopover()}>
                {label}
              </Link>
            </li>
          ))}
          <li>
            <SignOutButton account={account.id} />
          </li>
        </ul>
      </div>
    </>
  );
}
