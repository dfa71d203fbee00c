import type { Volume } from '@gospelib/contracts';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { Link } from 'react-router';
import { requests } from '../api/api.ts';
import { readPlaces } from '../reading/reading.store.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { useSession } from '../session/use.session.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { curlQuotes } from '../typography/scripture.text.ts';
import { Continue } from './continue.tsx';
import './home.css';

const OwnContinue = lazy(() => import('../history/own.continue.tsx'));

/** All volumes and books, and the last place read. */
export function HomePage(): ReactNode {
  const { account } = useSession();
  const owner = account?.id;
  // Each reader has their own places.
  const places = useMemo(readPlaces, [owner]);
  return (
    <div className="home">
      <header className="home-head">
        <PageHeading title="Library">The Standard Works</PageHeading>
        <p>
          To read, to search, and to follow from verse to verse
          <br className="home-break" /> and from a word to its root.
        </p>
      </header>
      {account ? (
        <Suspense fallback={<Continue places={places} />}>
          <OwnContinue key={account.id} account={account.id} places={places} />
        </Suspense>
      ) : (
        <Continue places={places} />
      )}
      <ResourceView request={requests.volumes()}>
        {({ volumes }) => (
          <div className="volumes">
            {volumes.map((volume) => (
              <VolumeView key={volume.id} volume={volume} />
            ))}
          </div>
        )}
      </ResourceView>
    </div>
  );
}

function VolumeView({ volume }: { readonly volume: Volume }): ReactNode {
  return (
    <section className="volume" aria-labelledby={`volume-${volume.id}`}>
      <h2 id={`volume-${volume.id}`}>{volume.name}</h2>
      {volume.subtitle ? <p className="volume-subtitle">{volume.subtitle}</p> : null}
      <ul>
        {volume.books.map(({ slug, name, chapters }) => (
          <li key={slug}>
            <Link to={chapters === 1 ? `/${slug}/1` : `/${slug}`}>{curlQuotes(name)}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
