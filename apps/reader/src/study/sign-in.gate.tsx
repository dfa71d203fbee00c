import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { signInPath } from '../address/account.address.ts';
import { Loading } from '../resource/loading.tsx';
import { useSession } from '../session/use.session.ts';

type SignedInOnlyProps = {
  /** What is here for whoever has an account. */
  readonly purpose: string;
  /** This page, to come back to. */
  readonly to: string;
  readonly children: (account: string) => ReactNode;
};

/** What belongs to one reader; to who is not signed in it says what it is for, and leads to signing in and back. */
export function SignedInOnly({ purpose, to, children }: SignedInOnlyProps): ReactNode {
  const { state, account } = useSession();
  if (account) return children(account.id);
  if (state === 'unknown') return <Loading />;
  return (
    <div className="notice">
      <p>{purpose} Sign in, and it is yours on every device.</p>
      <p>
        <Link className="button" to={signInPath(to)}>
          Sign in
        </Link>
      </p>
    </div>
  );
}
