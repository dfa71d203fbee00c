import type { Volume } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { requests } from '../api/api.ts';
import { type Place, readPlaces } from '../reading/reading.store.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { curlQuotes } from '../typography/scripture.text.ts';
import './home.css';

/** Every volume and book at a glance, and where one read last. */
export function HomePage(): ReactNode {
  const [places] = useState(readPlaces);
  return (
    <div className="home">
      <header className="home-head">
        <PageHeading title="Library">The Standard Works</PageHeading>
        <p>
          To read, to search, and to follow from verse to verse
          <br className="home-break" /> and from a word to its root.
        </p>
      </header>
      {places.length > 0 ? <Continue places={places} /> : null}
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

function Continue({ places }: { readonly places: readonly Place[] }): ReactNode {
  const [last, ...earlier] = places;
  return (
    <nav className="home-continue" aria-label="Continue where you were">
      {last ? (
        <Link className="home-last" to={passagePath(last.id)} state={{ verse: last.verse }}>
          <span className="label">Continue</span> {last.reference}
        </Link>
      ) : null}
      {earlier.slice(0, 4).map(({ id, reference, verse }) => (
        <Link key={id} to={passagePath(id)} state={{ verse }}>
          {reference}
        </Link>
      ))}
    </nav>
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
