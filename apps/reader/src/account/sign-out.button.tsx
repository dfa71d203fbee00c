import { type ReactNode, useState } from 'react';
import { signOut } from '../session/session.actions.ts';
import { wordsOfFailure } from './failure.words.ts';

type SignOutButtonProps = { readonly account: string; readonly className?: string };

/** Signs out; if something written is only on this device, it warns and asks again. */
export function SignOutButton({ account, className }: SignOutButtonProps): ReactNode {
  const [unsent, setUnsent] = useState(0);
  const [failure, setFailure] = useState('');
  const leave = async (): Promise<void> => {
    setFailure('');
    const { countUnsent } = await import('../outbox/unsent.ts');
    const count = unsent > 0 ? 0 : await countUnsent(account);
    setUnsent(count);
    if (count === 0) await signOut();
  };
  return (
    <>
      <button
        type="button"
        className={className}
        onClick={() => void leave().catch((error: unknown) => setFailure(wordsOfFailure(error)))}
      >
        {unsent > 0 ? 'Sign out all the same' : 'Sign out'}
      </button>
      <p role="alert" className="account-leaving">
        {unsent > 0
          ? `${unsent === 1 ? 'One change is' : `${unsent} changes are`} only on this device yet, and saved when you sign in here again.`
          : failure}
      </p>
    </>
  );
}
