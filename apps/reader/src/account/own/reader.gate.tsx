import { type ReactNode, useEffect, useState } from 'react';
import { Loading } from '../../resource/loading.tsx';
import { checkSession } from '../../session/session.actions.ts';
import type { SessionAccount } from '../../session/session.store.ts';
import { useSession } from '../../session/use.session.ts';

type ReaderGateProps = {
  readonly children: (account: SessionAccount) => ReactNode;
  /** Shown to readers who are not signed in. */
  readonly otherwise: ReactNode;
};

/**
 * Shows its children to signed-in readers only. It asks accounts, since the cookie may be newer than what the page
 * knows.
 */
export function ReaderGate({ children, otherwise }: ReaderGateProps): ReactNode {
  const { account } = useSession();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    void checkSession().then(() => setAsked(true));
  }, []);
  if (account) return children(account);
  return asked ? otherwise : <Loading />;
}
