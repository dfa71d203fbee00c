import type { HistoryResponse } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { ActButton } from '../account/act.button.tsx';
import { signInPath } from '../address/account.address.ts';
import { placePath } from '../address/address.ts';
import { HISTORY_PATH } from '../address/study.address.ts';
import { ListMore } from '../notebook/list.parts.tsx';
import { forgetPlaces, type Place, readPlaces } from '../reading/reading.store.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { usePages } from '../resource/use.pages.ts';
import { type Request, resources } from '../resource/use.resource.ts';
import { useSession } from '../session/use.session.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { studyApi } from '../study/study.ts';
import { dropPlaces } from './place.sender.ts';
import { placeOf } from './places.ts';
import '../typography/study.page.css';
import './history.css';

const historyOf = (account: string): Request<HistoryResponse> => ({
  key: `history ${account} list`,
  load: (signal) => studyApi.history({}, { signal }),
});

/** `/history`: the reading history, of all devices with an account and of this one without. */
export default function HistoryPage(): ReactNode {
  const { account } = useSession();
  return (
    <div className="study-page">
      <header className="study-head">
        <PageHeading title="History">Where you have read</PageHeading>
      </header>
      {account ? (
        <ResourceView key={account.id} request={historyOf(account.id)}>
          {(first) => <Everywhere account={account.id} first={first} />}
        </ResourceView>
      ) : (
        <OnThisDevice />
      )}
    </div>
  );
}

type EverywhereProps = { readonly account: string; readonly first: HistoryResponse };

function Everywhere({ account, first }: EverywhereProps): ReactNode {
  const pages = usePages(first, (cursor, signal) => studyApi.history({ cursor }, { signal }));
  const forget = async (chapter?: string): Promise<undefined> => {
    // Unsent places first, so that they are not sent after the history was deleted.
    await dropPlaces(account, chapter);
    await studyApi.forgetPlaces(chapter);
    forgetPlaces(chapter);
    resources.expire(`history ${account}`);
    return undefined;
  };
  return (
    <>
      <Places places={pages.items.map(placeOf)} onForget={forget} />
      <ListMore pages={pages} noun="places" />
    </>
  );
}

function OnThisDevice(): ReactNode {
  const [places, setPlaces] = useState(readPlaces);
  const forget = async (chapter?: string): Promise<undefined> => {
    forgetPlaces(chapter);
    setPlaces(readPlaces());
    return undefined;
  };
  return (
    <>
      <Places places={places} onForget={forget} />
      <p className="history-hint quiet">
        These are the last places on this device. <Link to={signInPath(HISTORY_PATH)}>Sign in</Link>
        , and you find them on every device.
      </p>
    </>
  );
}

type PlacesProps = {
  readonly places: readonly Place[];
  readonly onForget: (chapter?: string) => Promise<undefined>;
};

function Places({ places, onForget }: PlacesProps): ReactNode {
  if (places.length === 0) {
    return (
      <p className="history-hint quiet" role="status">
        Nothing is remembered.
      </p>
    );
  }
  return (
    <>
      <ol className="history">
        {places.map(({ id, reference, verse, at }) => (
          <li key={id}>
            <Link to={placePath({ id, verse })}>{reference}</Link>
            {at ? <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time> : null}
            <ActButton
              className="history-forget"
              label="Forget"
              ariaLabel={`Forget ${reference}`}
              act={() => onForget(id)}
            />
          </li>
        ))}
      </ol>
      <p className="history-hint">
        <ActButton label="Forget all of it" act={() => onForget()} />
      </p>
    </>
  );
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const timeOf = (at: number): string => format.format(at);
