import { type ReactNode, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { parseReturn, signInPath } from '../../address/account.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { EmailField, Field, NewPasswordField } from '../form/field.tsx';
import { checkEmail, checkName, checkNewPassword } from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { Sheet } from '../sheet.tsx';
import { ProviderButtons } from './provider.buttons.tsx';
import { VerificationButton } from './verification.button.tsx';

/** `/account/sign-up` */
export function SignUpPage(): ReactNode {
  const [params] = useSearchParams();
  const [mailedTo, setMailedTo] = useState<string>();
  const to = parseReturn(params.get('to'));
  if (mailedTo) return <MailSent email={mailedTo} to={to} />;
  return (
    <Sheet
      title="Make an account"
      lead="Everything can be read without one. With one, your marks, notes and lists are kept, and are only yours."
    >
      <Form
        label="Make an account"
        submit="Make the account"
        check={({ name, email, password }) => ({
          name: checkName(name),
          email: checkEmail(email),
          password: checkNewPassword(password),
        })}
        send={async ({ name = '', email = '', password = '' }) => {
          const address = email.trim();
          await accountApi.signUp({ name: name.trim(), email: address, password });
          setMailedTo(address);
        }}
      >
        <Field
          name="name"
          label="Name"
          autoComplete="name"
          maxLength={80}
          hint="As you like to be greeted."
        />
        <EmailField />
        <NewPasswordField name="password" label="Password" />
      </Form>
      <ProviderButtons to={to} />
      <p className="sheet-ways">
        <Link to={signInPath(to)}>Sign in instead</Link>
      </p>
    </Sheet>
  );
}

type MailSentProps = { readonly email: string; readonly to: string | undefined };

/** Says the same whether or not the address has an account: the mail says what is next. */
function MailSent({ email, to }: MailSentProps): ReactNode {
  return (
    <Sheet title="Check your mail">
      <p>
        A mail with the next step is on its way to <b>{email}</b>. Open its link, and enter your
        password there once more. The link works for 24 hours.
      </p>
      <p className="quiet">
        Nothing there after a few minutes? Look among the unwanted mail, or let it be sent once
        more.
      </p>
      <VerificationButton email={email} />
      <p className="sheet-ways">
        <Link to={signInPath(to)}>To sign in</Link>
      </p>
    </Sheet>
  );
}
