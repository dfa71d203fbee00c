import type { BookResponse, ChapterLink, ChapterResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { curlQuotes } from '../typography/scripture.text.ts';
import { Scripture } from '../typography/scripture.tsx';

type ChapterHeadProps = {
  readonly chapter: ChapterResponse;
  /** The book's introduction, above its first chapter. */
  readonly opening: BookResponse | undefined;
  /** The reference of the selected verses. */
  readonly selected: string | undefined;
};

export function ChapterHead({ chapter, opening, selected }: ChapterHeadProps): ReactNode {
  const { book, reference, heading, title, previous, next } = chapter;
  return (
    <header className="chapter-head">
      <p className="chapter-book">
        <Link to={`/${book.slug}`}>{curlQuotes(book.fullTitle)}</Link>
      </p>
      <div className="chapter-title">
        <Turn link={previous} way="Previous" sign="←" />
        <PageHeading title={reference} documentTitle={selected}>
          {curlQuotes(reference)}
        </PageHeading>
        <Turn link={next} way="Next" sign="→" />
      </div>
      {opening?.subtitle ? <p className="chapter-subtitle">{opening.subtitle}</p> : null}
      {opening?.heading ? <Preface text={opening.heading} /> : null}
      {heading ? <Preface text={heading} /> : null}
      {title ? <Preface text={title} /> : null}
    </header>
  );
}

type TurnProps = {
  readonly link: ChapterLink | undefined;
  readonly way: 'Previous' | 'Next';
  readonly sign: string;
};

function Turn({ link, way, sign }: TurnProps): ReactNode {
  // Keeps the heading in the middle.
  if (!link) return <span className="chapter-turn" />;
  return (
    <Link
      className="chapter-turn"
      to={passagePath(link.id)}
      aria-label={`${way} chapter: ${link.reference}`}
      title={link.reference}
    >
      {sign}
    </Link>
  );
}

/** A longer heading is set as a paragraph, characters. */
const LONG = 160;

function Preface({ text }: { readonly text: string }): ReactNode {
  return (
    <p className="chapter-heading" data-long={text.length > LONG || undefined}>
      <Scripture text={text} />
    </p>
  );
}
