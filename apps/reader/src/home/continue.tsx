import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { placePath } from '../address/address.ts';
import type { Place } from '../reading/reading.store.ts';

/** Links to the last place read, and to a few earlier ones. */
export function Continue({ places }: { readonly places: readonly Place[] }): ReactNode {
  const [last, ...earlier] = places;
  if (!last) return null;
  return (
    <nav className="home-continue" aria-label="Continue where you were">
      <Link className="home-last" to={placePath(last)}>
        <span className="label">Continue</span> {last.reference}
        {last.verse > 1 ? `:${last.verse}` : null}
      </Link>
      {earlier.slice(0, 4).map((place) => (
        <Link key={place.id} to={placePath(place)}>
          {place.reference}
        </Link>
      ))}
    </nav>
  );
}
