import type { SearchResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type SearchAddress, searchPath } from '../address/address.ts';

type SearchFacetsProps = {
  readonly facets: SearchResponse['facets'];
  readonly address: SearchAddress;
};

/** The distribution of the hits: each volume and book narrows the search to itself. */
export function SearchFacets({ facets, address }: SearchFacetsProps): ReactNode {
  const { q, volume, book } = address;
  const total = facets.volumes.reduce((sum, { count }) => sum + count, 0);
  const books = facets.books.filter((entry) => !volume || entry.volume === volume);
  return (
    <nav className="facets" aria-label="Narrow the search">
      <h2 className="label">Volumes</h2>
      <ul>
        <Facet name="All volumes" count={total} to={searchPath({ q })} current={!volume && !book} />
        {facets.volumes
          .filter(({ count }) => count > 0)
          .map(({ id, name, count }) => (
            <Facet
              key={id}
              name={name}
              count={count}
              to={searchPath({ q, volume: id })}
              current={volume === id && !book}
            />
          ))}
      </ul>
      <details open={volume !== undefined || book !== undefined}>
        <summary className="label">Books</summary>
        <ul>
          {books.map(({ slug, name, count }) => (
            <Facet
              key={slug}
              name={name}
              count={count}
              to={searchPath({ q, volume, book: slug })}
              current={book === slug}
            />
          ))}
        </ul>
      </details>
    </nav>
  );
}

type FacetProps = {
  readonly name: string;
  readonly count: number;
  readonly to: string;
  readonly current: boolean;
};

function Facet({ name, count, to, current }: FacetProps): ReactNode {
  return (
    <li>
      <Link to={to} aria-current={current || undefined}>
        {name} <span className="facet-count">{count.toLocaleString('en')}</span>
      </Link>
    </li>
  );
}
