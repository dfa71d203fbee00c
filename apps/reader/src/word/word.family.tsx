import type { WordResponse, WordSummary } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { wordPath } from '../address/address.ts';
import { Foreign, Polyglot } from '../typography/polyglot.tsx';

/** The words that a word comes from, and those that come from it, as links. */
export function WordFamily({ word }: { readonly word: WordResponse }): ReactNode {
  const { derivation, derivedFrom, derivatives } = word;
  if (!derivation && derivedFrom.length === 0 && derivatives.length === 0) return null;
  return (
    <section>
      <h2>Derivation</h2>
      {derivation ? (
        <p>
          <Polyglot text={derivation} />
        </p>
      ) : null}
      {derivedFrom.length > 0 ? (
        <>
          <h3 className="label">Comes from</h3>
          <WordLinks words={derivedFrom} />
        </>
      ) : null}
      {derivatives.length > 0 ? (
        <>
          <h3 className="label">From it come</h3>
          <WordLinks words={derivatives} />
        </>
      ) : null}
    </section>
  );
}

export function WordLinks({ words }: { readonly words: readonly WordSummary[] }): ReactNode {
  return (
    <ul className="word-links">
      {words.map(({ strongs, language, lemma, transliteration, gloss }) => (
        <li key={strongs}>
          <Link to={wordPath(strongs)}>
            <Foreign language={language} text={lemma} />
            {transliteration ? <i>{transliteration}</i> : null}
            <span className="quiet">{gloss}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
