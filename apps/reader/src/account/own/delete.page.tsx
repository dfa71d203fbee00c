import { ApiError } from '@gospelib/client';
import type { AccountResponse, DeleteAccountResponse } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { ACCOUNT_PATH } from '../../address/account.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { session } from '../../session/session.store.ts';
import { SignInPage } from '../entry/sign-in.page.tsx';
import { Field, OwnerField } from '../form/field.tsx';
import {
  checkPassword,
  type Faults,
  type Refusal,
  refusalOf,
  type Values,
} from '../form/form.faults.ts';
import { Form } from '../form/form.tsx';
import { Sheet } from '../sheet.tsx';
import { accountRequests, asReader } from './account.requests.ts';
import { Loaded } from './loaded.tsx';
import { ReaderGate } from './reader.gate.tsx';
import { momentWords } from './time.words.ts';

const WORD = 'delete';

/** `/account/delete`: explains the consequences, then asks for the password and a typed word. */
export function DeletePage(): ReactNode {
  const [deleted, setDeleted] = useState<DeleteAccountResponse>();
  if (deleted) {
    return (
      <Sheet title="Your account is deleted">
        <p>
          Your name, e-mail, password and sessions are gone. What you made is being removed, and
          from {momentWords(deleted.finalAt)} on nothing of it can appear any more. Backups forget
          you as they expire.
        </p>
        <p>Everything can be read as before. Thank you for having been here.</p>
        <Link className="button" to="/">
          To the library
        </Link>
      </Sheet>
    );
  }
  return (
    <ReaderGate otherwise={<SignInPage />}>
      {({ id }) => (
        <Sheet title="Delete the account for good">
          <Consequences />
          <Loaded request={accountRequests.account(id)}>
            {(account) => <DeleteForm account={account} onDeleted={setDeleted} />}
          </Loaded>
          <p className="sheet-ways">
            <Link to={ACCOUNT_PATH}>Keep the account</Link>
          </p>
        </Sheet>
      )}
    </ReaderGate>
  );
}

function Consequences(): ReactNode {
  return (
    <ul className="sheet-points">
      <li>Your name, address, password and every session are gone at once.</li>
      <li>
        Highlights, notes, bookmarks, reading lists and history follow within minutes; lists that
        you shared are not there any more for who has their link.
      </li>
      <li>Nobody can bring any of it back. Copies in backups go as the backups expire.</li>
      <li>
        To keep it, <Link to={ACCOUNT_PATH}>save what you made</Link> first.
      </li>
    </ul>
  );
}

type DeleteFormProps = {
  readonly account: AccountResponse;
  readonly onDeleted: (answer: DeleteAccountResponse) => void;
};

function DeleteForm({ account, onDeleted }: DeleteFormProps): ReactNode {
  const { id, email, hasPassword } = account;
  const check = ({ password, word = '' }: Values): Faults => ({
    password: hasPassword ? checkPassword(password) : undefined,
    word: word.trim().toLowerCase() === WORD ? undefined : `Type the word “${WORD}”.`,
  });
  return (
    <Form
      label="Delete the account"
      submit="Delete for good"
      dangerous
      check={check}
      send={async ({ password }) => {
        const input = hasPassword && password ? { password } : {};
        onDeleted(await asReader(() => accountApi.deleteAccount(input)));
        session.deleted(id);
      }}
      explain={explain}
    >
      {hasPassword ? (
        <>
          <OwnerField email={email} />
          <Field
            name="password"
            label="Password"
            type="password"
            autoComplete="current-password"
            maxLength={128}
          />
        </>
      ) : (
        <p>
          You sign in without a password, so it must have been just now: if it is longer ago than
          ten minutes, sign out and in again first.
        </p>
      )}
      <Field
        name="word"
        label={`Type “${WORD}” to make sure`}
        autoComplete="off"
        autoCapitalize="none"
        maxLength={20}
      />
    </Form>
  );
}

function explain(error: unknown): Refusal {
  const tooOld = error instanceof ApiError && error.status === 403;
  if (!tooOld) return refusalOf(error);
  return {
    faults: {},
    message:
      'You signed in too long ago. Sign out and in again, then come here within ten minutes.',
  };
}
