import { type ReactNode, useEffect, useState } from 'react';
import { Loading } from '../../resource/loading.tsx';
import { checkSession } from '../../session/session.actions.ts';
import type { SessionAccount } from '../../session/session.store.ts';
import { useSession } from '../../session/use.session.ts';

type ReaderGateProps = {
  readonly children: (account: SessionAccount) => ReactNode;
  /** For who is not signed in. */
  readonly otherwise: ReactNode;
};

/** Lets who is signed in through. Here it is asked, for the cookie may know somebody whom the page does not. */
export function ReaderGate({ children, otherwise }: ReaderGateProps): ReactNode {
  const { account } = useSession();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    void checkSession().then(() => setAsked(true));
  }, []);
  if (account) return children(account);
  return asked ? otherwise : <Loading />;
}
