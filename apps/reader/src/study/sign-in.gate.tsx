import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { signInPath } from '../address/account.address.ts';
import { Loading } from '../resource/loading.tsx';
import { useSession } from '../session/use.session.ts';

type SignInGateProps = {
  /** What readers with an account find here. */
  readonly purpose: string;
  /** The path of this page, to return to. */
  readonly to: string;
  readonly children: (account: string) => ReactNode;
};

/** Shows its children to signed-in readers; tells others what the page is for, with a link to sign in and return. */
export function SignInGate({ purpose, to, children }: SignInGateProps): ReactNode {
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
