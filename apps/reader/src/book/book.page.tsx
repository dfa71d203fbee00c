import type { BookResponse } from '@gospelib/contracts';
import { lazy, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { passagePath } from '../address/address.ts';
import { useGo } from '../address/use.go.ts';
import { requests } from '../api/api.ts';
import { useKeys } from '../keyboard/use.keys.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { countOf } from '../typography/count.ts';
import { curlQuotes } from '../typography/scripture.text.ts';
import { Scripture } from '../typography/scripture.tsx';
import './book.css';

const NotFoundPage = lazy(() => import('../shell/not-found.page.tsx'));

/** `/alma`: a book, and its chapters. */
export default function BookPage(): ReactNode {
  const { book = '' } = useParams();
  return (
    <ResourceView
      request={requests.book(book)}
      missing={(reason) => <NotFoundPage reason={reason} />}
    >
      {(value) => <BookView key={value.slug} book={value} />}
    </ResourceView>
  );
}

function BookView({ book }: { readonly book: BookResponse }): ReactNode {
  const { previous, next, volume } = book;
  const go = useGo();
  useKeys({
    ...(previous && { previous: () => go(`/${previous.slug}`) }),
    ...(next && { next: () => go(`/${next.slug}`) }),
  });
  const part = volume === 'dc-testament' ? 'section' : 'chapter';
  return (
    <article className="book">
      <header className="book-head">
        <PageHeading title={book.name}>{curlQuotes(book.fullTitle)}</PageHeading>
        {book.subtitle ? <p className="book-subtitle">{book.subtitle}</p> : null}
        {book.heading ? (
          <p className="book-heading" data-long={book.heading.length > 160 || undefined}>
            <Scripture text={book.heading} />
          </p>
        ) : null}
        <p className="quiet">
          {countOf(book.chapters, part)}, {countOf(book.verses, 'verse')}
        </p>
      </header>
      <nav aria-label={`${part === 'section' ? 'Sections' : 'Chapters'} of ${book.name}`}>
        <ol className="book-chapters">
          {book.chapterList.map(({ id, number, verses }) => (
            <li key={id}>
              <Link
                to={passagePath(id)}
                aria-label={`${part} ${number}`}
                title={countOf(verses, 'verse')}
              >
                {number}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <nav className="book-continue" aria-label="Other books">
        {previous ? <Link to={`/${previous.slug}`}>← {curlQuotes(previous.name)}</Link> : <span />}
        {next ? <Link to={`/${next.slug}`}>{curlQuotes(next.name)} →</Link> : null}
      </nav>
    </article>
  );
}
