import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { parseVolumeId } from '../address/address.ts';
import { requests } from '../api/api.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { SearchField } from './search.field.tsx';
import { SearchHints } from './search.hints.tsx';
import { SearchResults } from './search.results.tsx';
import './search.css';

/** `/search?q=…`, narrowed to a volume or a book by `&volume=` and `&book=`. */
export default function SearchPage(): ReactNode {
  const [params] = useSearchParams();
  const q = (params.get('q') ?? '').trim();
  const volume = parseVolumeId(params.get('volume'));
  const book = params.get('book') ?? undefined;
  return (
    <div className="search">
      <header className="search-head">
        <PageHeading title={q ? `Search: ${q}` : 'Search'} className="unseen">
          Search
        </PageHeading>
        <SearchField key={q} q={q} />
      </header>
      {q ? (
        <ResourceView
          request={requests.search({ q, volume, book })}
          missing={(reason) => <SearchHints reason={reason} />}
        >
          {(found) => <SearchResults found={found} address={{ q, volume, book }} />}
        </ResourceView>
      ) : (
        <SearchHints />
      )}
    </div>
  );
}
