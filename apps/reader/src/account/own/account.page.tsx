import type { AccountResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { DELETE_PATH, parseReturn } from '../../address/account.address.ts';
import type { SessionAccount } from '../../session/session.store.ts';
import { PageHeading } from '../../shell/page.heading.tsx';
import { SignInPage } from '../entry/sign-in.page.tsx';
import { UnconfirmedPage } from '../entry/unconfirmed.page.tsx';
import { SignOutButton } from '../sign-out.button.tsx';
import { accountRequests } from './account.requests.ts';
import { EventList } from './event.list.tsx';
import { ExportSection } from './export.section.tsx';
import { Loaded } from './loaded.tsx';
import { NameForm } from './name.form.tsx';
import { PasswordSection } from './password.section.tsx';
import { ReaderGate } from './reader.gate.tsx';
import { SessionList } from './session.list.tsx';
import { dayWords } from './time.words.ts';
import '../../typography/study.page.css';
import './account.css';

/** `/account`; older confirmation links and provider sign-in lead here, too. */
export function AccountPage(): ReactNode {
  const [params] = useSearchParams();
  const verified = params.get('verified');
  const to = parseReturn(params.get('to'));
  if (verified === 'expired' || verified === 'invalid') {
    return <UnconfirmedPage expired={verified === 'expired'} />;
  }
  const lead =
    params.get('sign-in') === 'failed'
      ? 'Signing in there did not work. Try again, or sign in here.'
      : undefined;
  return (
    <ReaderGate otherwise={<SignInPage lead={lead} />}>
      {(account) => (to ? <Navigate to={to} replace /> : <Account account={account} />)}
    </ReaderGate>
  );
}

type AccountProps = { readonly account: SessionAccount };

function Account({ account: { id, name } }: AccountProps): ReactNode {
  return (
    <div className="study-page account">
      <header className="study-head">
        <p className="label">Account</p>
        <PageHeading title="Account">{name}</PageHeading>
      </header>
      <Loaded request={accountRequests.account(id)}>{(known) => <Known account={known} />}</Loaded>
      <ExportSection />
      <section aria-labelledby="leaving">
        <h2 id="leaving">Leaving</h2>
        <p>Signing out ends this session; what you wrote is kept for when you come back.</p>
        <div className="account-acts">
          <SignOutButton account={id} className="button" />
          <Link to={DELETE_PATH}>Delete the account for good…</Link>
        </div>
      </section>
    </div>
  );
}

/** The page once the account is loaded. */
function Known({ account }: { readonly account: AccountResponse }): ReactNode {
  const { id, email, emailVerified, createdAt } = account;
  return (
    <>
      <div className="account-identity">
        <p>
          {email}
          {emailVerified ? '' : ' (not confirmed)'} · since {dayWords(createdAt)}
        </p>
        <div className="account-changes">
          <NameForm account={account} />
          <PasswordSection account={account} />
        </div>
      </div>
      <section aria-labelledby="sessions">
        <h2 id="sessions">Where you are signed in</h2>
        <SessionList id={id} />
      </section>
      <section aria-labelledby="events">
        <h2 id="events">What happened lately</h2>
        <EventList id={id} />
      </section>
    </>
  );
}
