import type { SessionsResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { resources } from '../../resource/use.resource.ts';
import { accountApi } from '../../session/account.api.ts';
import { ActButton } from '../act.button.tsx';
import { accountRequests, asReader } from './account.requests.ts';
import { deviceWords } from './device.words.ts';
import { Loaded } from './loaded.tsx';
import { dayWords, momentWords } from './time.words.ts';

type Session = SessionsResponse['items'][number];

/** The reader's sessions. Each can be ended here, except this one, which signing out ends. */
export function SessionList({ id }: { readonly id: string }): ReactNode {
  const request = accountRequests.sessions(id);
  const end = (work: () => Promise<void>, done: string) => async () => {
    await asReader(work);
    resources.retry(request.key);
    resources.retry(accountRequests.events(id).key);
    return done;
  };
  return (
    <Loaded request={request}>
      {({ items }) => (
        <>
          <ul className="account-list">
            {items.map((session) => (
              <li key={session.id}>
                <SessionLine session={session} />
                {session.current ? null : (
                  <ActButton
                    label="End"
                    ariaLabel={`End the session of ${deviceWords(session.userAgent)}`}
                    act={end(() => accountApi.endSession(session.id), '')}
                  />
                )}
              </li>
            ))}
          </ul>
          {items.length > 2 ? (
            <ActButton
              label="End all the others"
              act={end(() => accountApi.endOtherSessions(), 'All the others were ended.')}
            />
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function SessionLine({ session }: { readonly session: Session }): ReactNode {
  const { userAgent, address, createdAt, lastUsedAt, current } = session;
  return (
    <div>
      <p>
        {deviceWords(userAgent)}
        {current ? <span className="account-here">this one</span> : null}
      </p>
      <p className="quiet">
        Since {momentWords(createdAt)}, last used {dayWords(lastUsedAt)}
        {address ? `, from ${address}` : ''}
      </p>
    </div>
  );
}
