import type { NoteSearchResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { notePath } from '../address/study.address.ts';
import { TagLinks } from '../notes/note.card.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { usePages } from '../resource/use.pages.ts';
import type { Request } from '../resource/use.resource.ts';
import { referenceOfId } from '../study/reference.ts';
import { studyApi } from '../study/study.ts';
import { ListMore } from './list.parts.tsx';
import type { ListFilter } from './study.list.ts';

type NoteHitsProps = { readonly account: string; readonly q: string; readonly filter: ListFilter };

/** The notes that match a search, best first. */
export function NoteHits({ account, q, filter }: NoteHitsProps): ReactNode {
  const { tag, book } = filter;
  const request: Request<NoteSearchResponse> = {
    key: `study ${account} search ${JSON.stringify([q, tag, book])}`,
    load: (signal) => studyApi.searchNotes({ q, tag, book }, { signal }),
  };
  return (
    <ResourceView
      request={request}
      missing={(reason) => (
        <p className="notebook-empty quiet" role="status">
          {reason}
        </p>
      )}
    >
      {(found) => <Hits q={q} filter={filter} found={found} />}
    </ResourceView>
  );
}

type HitsProps = Omit<NoteHitsProps, 'account'> & { readonly found: NoteSearchResponse };

function Hits({ q, filter: { tag, book }, found }: HitsProps): ReactNode {
  const pages = usePages(found, (cursor, signal) =>
    studyApi.searchNotes({ q, tag, book, cursor }, { signal }),
  );
  if (pages.items.length === 0) {
    return (
      <p className="notebook-empty quiet" role="status">
        No note of yours has “{q}”.
      </p>
    );
  }
  return (
    <>
      <ol className="notebook-list">
        {pages.items.map(({ id, passage, snippet, tags }) => (
          <li key={id} className="note-card">
            <h3>
              <Link to={notePath(id)}>{referenceOfId(passage) ?? 'Note'}</Link>
            </h3>
            <p>
              {snippet.map(({ text, hit }, index) => {
                const key = `${index} ${text}`;
                return hit ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>;
              })}
            </p>
            <footer className="card-foot">
              <TagLinks tags={tags} />
            </footer>
          </li>
        ))}
      </ol>
      <ListMore pages={pages} noun="notes" />
    </>
  );
}
