import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { signInPath } from '../../address/account.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { EmailField } from '../form/field.tsx';
import { checkEmail } from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { Sheet } from '../sheet.tsx';

/** `/account/forgot`: asks for a link to choose a new password. */
export function ForgotPage(): ReactNode {
  const [mailedTo, setMailedTo] = useState<string>();
  if (mailedTo) {
    return (
      <Sheet title="Check your mail">
        <p>
          If there is an account of <b>{mailedTo}</b>, a mail with a link to choose a new password
          is on its way. The link works for one hour, once.
        </p>
        <p className="sheet-ways">
          <Link to={signInPath()}>To sign in</Link>
        </p>
      </Sheet>
    );
  }
  return (
    <Sheet title="Forgot your password?" lead="A link to choose a new one comes by mail.">
      <Form
        label="Ask for a new password"
        submit="Send the link"
        check={({ email }) => ({ email: checkEmail(email) })}
        send={async ({ email = '' }) => {
          const address = email.trim();
          await accountApi.requestPasswordReset({ email: address });
          setMailedTo(address);
        }}
      >
        <EmailField />
      </Form>
      <p className="sheet-ways">
        <Link to={signInPath()}>Back to sign in</Link>
      </p>
    </Sheet>
  );
}
