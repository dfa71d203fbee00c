import type { PassageRange, SearchResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath, wordPath } from '../address/address.ts';
import { Foreign } from '../typography/polyglot.tsx';

/** Other meanings of a query: a passage, or words of the original languages. */
export function SearchTop({ found }: { readonly found: SearchResponse }): ReactNode {
  const { reference, words } = found;
  const passages = reference ? passagesOf(reference) : [];
  const left = reference?.status === 'found' ? reference : undefined;
  if (passages.length === 0 && words.length === 0 && reference?.status !== 'no-text') return null;
  return (
    <section className="search-top" aria-label="Passages and words">
      {reference?.status === 'no-text' ? <p>{reference.reason}</p> : null}
      {passages.map(({ id, reference: name }) => (
        <Link key={id} className="button search-passage" to={passagePath(id)}>
          {name}
        </Link>
      ))}
      {(left?.unresolved ?? []).map(({ typed, reason }) => (
        <p key={typed}>
          {typed}: {reason}
        </p>
      ))}
      {(left?.notes ?? []).map((note) => (
        <p key={note}>{note}</p>
      ))}
      {words.map(({ strongs, language, lemma, transliteration, gloss }) => (
        <Link key={strongs} className="button" to={wordPath(strongs)}>
          <Foreign language={language} text={lemma} />
          {transliteration ? <i>{transliteration}</i> : null}
          <span className="quiet">{gloss}</span>
        </Link>
      ))}
    </section>
  );
}

function passagesOf(reference: NonNullable<SearchResponse['reference']>): readonly PassageRange[] {
  if (reference.status === 'found') return reference.ranges;
  return reference.status === 'ambiguous' ? reference.candidates : [];
}
