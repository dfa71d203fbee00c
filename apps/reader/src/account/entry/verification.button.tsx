import type { ReactNode } from 'react';
import { accountApi } from '../../session/account.api.ts';
import { ActButton } from '../act.button.tsx';

/** Requests the confirmation mail again. */
export function VerificationButton({ email }: { readonly email: string }): ReactNode {
  return (
    <ActButton
      label="Send the link again"
      act={async () => (await accountApi.sendVerification({ email })).detail}
    />
  );
}
