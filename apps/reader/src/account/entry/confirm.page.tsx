import { ApiError } from '@gospelib/client';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { CONFIRM_PATH, signInPath } from '../../address/account.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { Field, NewPasswordField } from '../form/field.tsx';
import {
  checkNewPassword,
  checkPassword,
  type Refusal,
  refusalOf,
  type Values,
} from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { Sheet } from '../sheet.tsx';
import { UnconfirmedPage } from './unconfirmed.page.tsx';
import { useLinkToken } from './use.link.token.ts';

const STALE = 'This link does not work any more. If the address is confirmed already, sign in.';

/**
 * `/account/confirm#token=…`, the link in the mail. Opening it changes nothing: the reader proves the password of the
 * sign-up, or chooses another, since a stranger may have typed this address and a password of their own.
 */
export function ConfirmPage(): ReactNode {
  const token = useLinkToken(CONFIRM_PATH);
  const [done, setDone] = useState(false);
  const [anew, setAnew] = useState(false);
  if (!token) return <UnconfirmedPage expired={false} />;
  if (done) {
    return (
      <Sheet title="Your address is confirmed">
        <p>Now sign in with your password.</p>
        <Link className="button" to={signInPath()}>
          Sign in
        </Link>
      </Sheet>
    );
  }
  const confirm = async (proof: { password?: string; newPassword?: string }): Promise<void> => {
    await accountApi.confirmAddress({ token, ...proof });
    setDone(true);
  };
  return (
    <Sheet
      title="Confirm your address"
      lead={
        anew
          ? 'A new password replaces the one that was given at sign-up.'
          : 'Enter the password that you chose when you made the account.'
      }
    >
      {anew ? (
        <Form
          key="new"
          label="Confirm with a new password"
          submit="Confirm with this password"
          check={({ newPassword }) => ({ newPassword: checkNewPassword(newPassword) })}
          send={({ newPassword = '' }: Values) => confirm({ newPassword })}
          explain={explain}
          afterFailure={<WayOut />}
        >
          <NewPasswordField />
        </Form>
      ) : (
        <Form
          key="proof"
          label="Confirm your address"
          submit="Confirm"
          check={({ password }) => ({ password: checkPassword(password) })}
          send={({ password = '' }: Values) => confirm({ password })}
          explain={explain}
          afterFailure={<WayOut />}
        >
          <Field
            name="password"
            label="Password"
            type="password"
            autoComplete="current-password"
            maxLength={128}
          />
        </Form>
      )}
      <p className="quiet">
        {anew
          ? 'Do you know the password after all?'
          : 'Did you forget it, or did somebody else make this account? Choose another password.'}
      </p>
      <p className="sheet-ways">
        <button type="button" className="button" onClick={() => setAnew(!anew)}>
          {anew ? 'Use the password of the sign-up' : 'Choose a new password'}
        </button>
      </p>
    </Sheet>
  );
}

function WayOut(): ReactNode {
  return <Link to={signInPath()}>To sign in</Link>;
}

/** A refused password is shown at its field; any other refusal is about the link. */
function explain(error: unknown): Refusal {
  const refusal = refusalOf(error);
  const ofLink = error instanceof ApiError && error.status === 400 && refusal.message !== '';
  return ofLink ? { faults: {}, message: STALE } : refusal;
}
