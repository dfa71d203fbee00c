import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { signInPath } from '../../address/account.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { EmailField } from '../form/field.tsx';
import { checkEmail } from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { Sheet } from '../sheet.tsx';

/** Shown for a confirmation link that does not work, and offers a new one. */
export function UnconfirmedPage({ expired }: { readonly expired: boolean }): ReactNode {
  const [detail, setDetail] = useState<string>();
  if (detail) {
    return (
      <Sheet title="Check your mail">
        <p>{detail} The link works for 24 hours.</p>
        <p className="sheet-ways">
          <Link to={signInPath()}>To sign in</Link>
        </p>
      </Sheet>
    );
  }
  return (
    <Sheet
      title={expired ? 'This link is too old' : 'This link does not work'}
      lead={
        expired
          ? 'It was good for 24 hours. A new one comes by mail.'
          : 'Perhaps it was not copied as a whole. A new one comes by mail.'
      }
    >
      <Form
        label="Ask for the link again"
        submit="Send a new link"
        check={({ email }) => ({ email: checkEmail(email) })}
        send={async ({ email = '' }) => {
          const sent = await accountApi.sendVerification({ email: email.trim() });
          setDetail(sent.detail);
        }}
      >
        <EmailField />
      </Form>
      <p className="sheet-ways">
        <Link to={signInPath()}>To sign in</Link>
      </p>
    </Sheet>
  );
}
