import { ApiError } from '@gospelib/client';
import { type ReactNode, useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import {
  ACCOUNT_PATH,
  FORGOT_PATH,
  parseReturn,
  signUpPath,
} from '../../address/account.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { session } from '../../session/session.store.ts';
import { useSession } from '../../session/use.session.ts';
import { EmailField, Field } from '../form/field.tsx';
import {
  checkEmail,
  checkPassword,
  type Refusal,
  refusalOf,
  type Values,
} from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { Sheet } from '../sheet.tsx';
import { ProviderButtons } from './provider.buttons.tsx';
import { VerificationButton } from './verification.button.tsx';

const LEAD = 'To keep what you mark and write, on every device.';

/** `/account/sign-in`, and `/account` for readers who are not signed in; `to` is where to go afterwards. */
export function SignInPage({ lead = LEAD }: { readonly lead?: string | undefined }): ReactNode {
  const [params] = useSearchParams();
  const { state } = useSession();
  /** The unconfirmed address for which the password was right. */
  const [unconfirmed, setUnconfirmed] = useState<string>();
  const to = parseReturn(params.get('to'));
  if (state === 'signed-in') return <Navigate to={to ?? ACCOUNT_PATH} replace />;

  const signIn = async ({ email = '', password = '', remember }: Values): Promise<void> => {
    setUnconfirmed(undefined);
    const input = { email: email.trim(), password, remember: remember === 'on' };
    try {
      session.signedIn(await accountApi.signIn(input), !input.remember);
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) setUnconfirmed(input.email);
      throw error;
    }
  };

  return (
    <Sheet title="Sign in" lead={lead}>
      <Form
        label="Sign in"
        submit="Sign in"
        check={({ email, password }) => ({
          email: checkEmail(email),
          password: checkPassword(password),
        })}
        send={signIn}
        explain={explain}
        afterFailure={unconfirmed ? <VerificationButton email={unconfirmed} /> : null}
      >
        <EmailField />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          maxLength={128}
        />
        <label className="form-check">
          <input type="checkbox" name="remember" defaultChecked />
          Keep me signed in on this device
        </label>
      </Form>
      <ProviderButtons to={to} />
      <p className="sheet-ways">
        <Link to={FORGOT_PATH}>Forgot your password?</Link>
        <Link to={signUpPath(to)}>Make an account</Link>
      </p>
    </Sheet>
  );
}

/** Does not say which of the two is wrong, since that would reveal who has an account. */
function explain(error: unknown): Refusal {
  if (!(error instanceof ApiError && error.status === 401)) return refusalOf(error);
  return { faults: { password: 'The e-mail or the password is wrong.' }, message: '' };
}
