import { ApiError } from '@gospelib/client';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { FORGOT_PATH, RESET_PATH, signInPath } from '../../address/account.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { checkSession } from '../../session/session.actions.ts';
import { NewPasswordField } from '../form/field.tsx';
import { checkNewPassword, type Refusal, refusalOf } from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { Sheet } from '../sheet.tsx';
import { useLinkToken } from './use.link.token.ts';

const STALE = 'This link does not work any more: it is good for one hour, and once.';

/** `/account/reset#token=…`, the link in the mail: sets a new password, also for accounts that never had one. */
export function ResetPage(): ReactNode {
  const token = useLinkToken(RESET_PATH);
  const [done, setDone] = useState(false);

  if (done) {
    return (
      <Sheet title="Your password is changed">
        <p>Every session of your account was ended. Sign in with the new password.</p>
        <Link className="button" to={signInPath()}>
          Sign in
        </Link>
      </Sheet>
    );
  }
  if (!token) {
    return (
      <Sheet
        title="This link is not whole"
        lead="Open it from the mail again, or ask for a new one."
      >
        <Link className="button" to={FORGOT_PATH}>
          Ask for a new link
        </Link>
      </Sheet>
    );
  }
  return (
    <Sheet title="Choose a new password" lead="It ends every session of your account.">
      <Form
        label="Choose a new password"
        submit="Change the password"
        check={({ newPassword }) => ({ newPassword: checkNewPassword(newPassword) })}
        send={async ({ newPassword = '' }) => {
          await accountApi.resetPassword({ token, newPassword });
          setDone(true);
          // This browser's session may be among those that were ended.
          void checkSession();
        }}
        explain={explain}
        afterFailure={<Link to={FORGOT_PATH}>Ask for a new link</Link>}
      >
        <NewPasswordField />
      </Form>
    </Sheet>
  );
}

/** A refused password is shown at its field; any other refusal is about the link. */
function explain(error: unknown): Refusal {
  const refusal = refusalOf(error);
  const ofLink = error instanceof ApiError && error.status === 400 && refusal.message !== '';
  return ofLink ? { faults: {}, message: STALE } : refusal;
}
