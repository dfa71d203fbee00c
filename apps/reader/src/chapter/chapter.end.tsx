import type { ChapterResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { requests } from '../api/api.ts';
import { useResource } from '../resource/use.resource.ts';
import { Scripture } from '../typography/scripture.tsx';

export function ChapterEnd({ chapter }: { readonly chapter: ChapterResponse }): ReactNode {
  const { signature, previous, next, book } = chapter;
  return (
    <footer className="chapter-end">
      {signature ? <p className="chapter-signature">{signature}</p> : null}
      {chapter.number === book.chapters ? <Colophon slug={book.slug} /> : null}
      <p className="chapter-ornament" aria-hidden="true">
        ❧
      </p>
      <nav className="chapter-continue" aria-label="Continue reading">
        {previous ? (
          <Link rel="prev" to={passagePath(previous.id)}>
            <span className="label">Before</span> {previous.reference}
          </Link>
        ) : (
          <span />
        )}
        {next ? (
          <Link rel="next" to={passagePath(next.id)}>
            <span className="label">After</span> {next.reference}
          </Link>
        ) : null}
      </nav>
    </footer>
  );
}

/** The colophon after a book's last chapter. */
function Colophon({ slug }: { readonly slug: string }): ReactNode {
  const book = useResource(requests.book(slug));
  if (book.status !== 'ready' || !book.value.note) return null;
  return (
    <p className="chapter-signature">
      <Scripture text={book.value.note} />
    </p>
  );
}
