import type { SearchHit, SearchResponse } from '@gospelib/contracts';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { parseVolumeId, type SearchAddress, searchPath } from '../address/address.ts';
import { client } from '../api/api.ts';
import { MoreButton } from '../resource/more.button.tsx';
import { usePages } from '../resource/use.pages.ts';
import { countOf } from '../typography/count.ts';
import { SearchFacets } from './search.facets.tsx';
import { groupByMatch, MATCH_NAMES } from './search.groups.ts';
import { SearchHints } from './search.hints.tsx';
import { HitView } from './search.hit.tsx';
import { SearchTop } from './search.top.tsx';

type SearchResultsProps = { readonly found: SearchResponse; readonly address: SearchAddress };

export function SearchResults({ found, address }: SearchResultsProps): ReactNode {
  const first = useMemo(() => ({ items: found.hits, next: found.next }), [found]);
  const pages = usePages<SearchHit>(first, async (cursor, signal) => {
    const volume = parseVolumeId(address.volume ?? null);
    const page = await client.search({ ...address, volume, cursor }, { signal });
    return { items: page.hits, next: page.next };
  });
  const anywhere = found.facets.volumes.some(({ count }) => count > 0);

  return (
    <>
      <SearchTop found={found} />
      {found.spelling ? (
        <p className="search-spelling">
          Did you mean{' '}
          <Link to={searchPath({ ...address, q: found.spelling })}>{found.spelling}</Link>?
        </p>
      ) : null}
      {(found.notes ?? []).map((note) => (
        <p key={note} className="quiet" role="status">
          {note}
        </p>
      ))}
      <p className="search-count quiet" role="status">
        {found.total > 0
          ? `${countOf(found.total, 'verse')} for “${found.query}”`
          : `No verse was found for “${found.query}”${anywhere ? ' here' : ''}.`}
      </p>
      {anywhere ? (
        <div className="search-body">
          <SearchFacets facets={found.facets} address={address} />
          <div>
            {groupByMatch(pages.items).map(({ match, hits }) => (
              <section key={match} aria-label={MATCH_NAMES[match]}>
                <h2 className="search-match label">{MATCH_NAMES[match]}</h2>
                <ol>
                  {hits.map((hit) => (
                    <li key={hit.passage.id}>
                      <HitView hit={hit} />
                    </li>
                  ))}
                </ol>
              </section>
            ))}
            <MoreButton pages={pages} total={found.total} noun="verses" />
          </div>
        </div>
      ) : (
        <SearchHints />
      )}
    </>
  );
}
