import { type ReactNode, useState } from 'react';
import { accountRequests } from './account.requests.ts';
import { deviceWords } from './device.words.ts';
import { eventWords } from './event.words.ts';
import { Loaded } from './loaded.tsx';
import { momentWords } from './time.words.ts';

const FEW = 6;

/** The account's security events, so that its owner notices what somebody else did. */
export function EventList({ id }: { readonly id: string }): ReactNode {
  const [all, setAll] = useState(false);
  return (
    <Loaded request={accountRequests.events(id)}>
      {({ items }) => (
        <>
          <ol className="account-list">
            {items.slice(0, all ? undefined : FEW).map(({ at, kind, network, userAgent }) => (
              <li key={`${at} ${kind}`}>
                <div>
                  <p>{eventWords(kind)}</p>
                  <p className="quiet">
                    <time dateTime={at}>{momentWords(at)}</time>
                    {userAgent ? `, ${deviceWords(userAgent)}` : ''}
                    {network ? `, from ${network}` : ''}
                  </p>
                </div>
              </li>
            ))}
          </ol>
          {items.length > FEW && !all ? (
            <button type="button" className="button" onClick={() => setAll(true)}>
              Show all {items.length}
            </button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}
