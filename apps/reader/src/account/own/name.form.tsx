import type { AccountResponse } from '@gospelib/contracts';
import { type ReactNode, useRef, useState } from 'react';
import { resources } from '../../resource/use.resource.ts';
import { accountApi } from '../../session/account.api.ts';
import { session } from '../../session/session.store.ts';
import { Field } from '../form/field.tsx';
import { checkName } from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { accountRequests, asReader } from './account.requests.ts';

/** Changes the reader's display name. */
export function NameForm({ account }: { readonly account: AccountResponse }): ReactNode {
  const fold = useRef<HTMLDetailsElement>(null);
  const [done, setDone] = useState('');
  return (
    <details ref={fold} className="fold">
      <summary>Change your name</summary>
      <Form
        label="Change your name"
        submit="Keep this name"
        check={({ name }) => ({ name: checkName(name) })}
        send={async ({ name = '' }) => {
          setDone('');
          const changed = await asReader(() => accountApi.changeAccount({ name: name.trim() }));
          session.signedIn(changed);
          resources.retry(accountRequests.account(account.id).key);
          setDone(`Your name is now ${changed.name}.`);
        }}
      >
        <Field
          name="name"
          label="Name"
          autoComplete="name"
          maxLength={80}
          defaultValue={account.name}
        />
      </Form>
      <p role="status" className="fold-done">
        {done}
      </p>
    </details>
  );
}
