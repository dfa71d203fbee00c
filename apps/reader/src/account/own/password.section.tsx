import type { AccountResponse } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { resources } from '../../resource/use.resource.ts';
import { accountApi } from '../../session/account.api.ts';
import { ActButton } from '../act.button.tsx';
import { Field, NewPasswordField, OwnerField } from '../form/field.tsx';
import { checkNewPassword, checkPassword } from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { accountRequests, asReader } from './account.requests.ts';

/** Changes the password; readers who only sign in with a provider can get one by mail. */
export function PasswordSection({ account }: { readonly account: AccountResponse }): ReactNode {
  const { id, email, hasPassword } = account;
  const [change, setChange] = useState(0);
  if (!hasPassword) {
    return (
      <details className="fold">
        <summary>Set a password</summary>
        <p>You sign in without one. A link to choose one comes by mail to {email}.</p>
        <ActButton
          label="Send the link"
          act={async () => (await accountApi.requestPasswordReset({ email })).detail}
        />
      </details>
    );
  }
  return (
    <details className="fold">
      <summary>Change your password</summary>
      <Form
        key={change}
        label="Change your password"
        submit="Change the password"
        check={({ currentPassword, newPassword }) => ({
          currentPassword: checkPassword(currentPassword),
          newPassword: checkNewPassword(newPassword),
        })}
        send={async ({ currentPassword = '', newPassword = '' }) => {
          await asReader(() => accountApi.changePassword({ currentPassword, newPassword }));
          resources.retry(accountRequests.sessions(id).key);
          resources.retry(accountRequests.events(id).key);
          setChange(change + 1);
        }}
      >
        <OwnerField email={email} />
        <Field
          name="currentPassword"
          label="Present password"
          type="password"
          autoComplete="current-password"
          maxLength={128}
        />
        <NewPasswordField />
      </Form>
      <p role="status" className="fold-done">
        {change > 0 ? 'Your password is changed, and every other session was ended.' : ''}
      </p>
    </details>
  );
}
