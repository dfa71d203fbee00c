import { type ReactNode, useState } from 'react';
import { signOut } from '../session/session.actions.ts';
import { wordsOfFailure } from './failure.words.ts';

type SignOutButtonProps = { readonly account: string; readonly className?: string };

/** Signs out; what is only on this device is asked about first: kept for the next sign-in here, or discarded. */
export function SignOutButton({ account, className }: SignOutButtonProps): ReactNode {
  const [unsaved, setUnsaved] = useState(0);
  const [failure, setFailure] = useState('');
  const act = (work: () => Promise<void>) => () => {
    setFailure('');
    void work().catch((error: unknown) => setFailure(wordsOfFailure(error)));
  };
  const ask = async (): Promise<void> => {
    const { countUnsaved } = await import('../outbox/unsaved.ts');
    const count = await countUnsaved(account);
    setUnsaved(count);
    if (count === 0) await signOut();
  };
  const discard = async (): Promise<void> => {
    const { discardUnsaved } = await import('../outbox/unsaved.ts');
    await signOut();
    await discardUnsaved(account);
  };
  return (
    <div className={unsaved > 0 ? 'account-asking' : undefined}>
      <p role="alert" className="account-leaving">
        {failure === '' && unsaved > 0 ? wordsOf(unsaved) : failure}
      </p>
      <button type="button" className={className} onClick={act(unsaved > 0 ? signOut : ask)}>
        {unsaved > 0 ? 'Sign out and keep it here' : 'Sign out'}
      </button>
      {unsaved > 0 ? (
        <>
          <button type="button" className={className} onClick={act(discard)}>
            Sign out and discard it
          </button>
          <button type="button" className={className} onClick={() => setUnsaved(0)}>
            Stay signed in
          </button>
        </>
      ) : null}
    </div>
  );
}

function wordsOf(count: number): string {
  const what = count === 1 ? 'One change is' : `${count} changes are`;
  return `${what} only on this device yet. Kept here, it is saved when you sign in here again; whoever uses this device could read it.`;
}
