import type { WordResponse } from '@gospelib/contracts';
import { lazy, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { mapPath } from '../address/map.address.ts';
import { requests } from '../api/api.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { Foreign, Polyglot } from '../typography/polyglot.tsx';
import { curlQuotes } from '../typography/scripture.text.ts';
import { WordBooks } from './word.books.tsx';
import { WordConcordance } from './word.concordance.tsx';
import { WordFamily } from './word.family.tsx';
import { WordForms } from './word.forms.tsx';
import './word.css';

const NotFoundPage = lazy(() => import('../shell/not-found.page.tsx'));

/** `/word/H7225`: a word of the original languages, and where it occurs. */
export default function WordPage(): ReactNode {
  const { strongs = '' } = useParams();
  return (
    <ResourceView
      request={requests.word(strongs)}
      missing={(reason) => <NotFoundPage reason={reason} />}
    >
      {(word) => <WordView key={word.strongs} word={word} />}
    </ResourceView>
  );
}

function WordView({ word }: { readonly word: WordResponse }): ReactNode {
  const { strongs, language, lemma, transliteration, pronunciation, partOfSpeech } = word;
  return (
    <article className="word">
      <header className="word-head">
        <p className="label">
          {language === 'hebrew' ? 'Hebrew' : 'Greek'}{' '}
          <span className="word-number">{strongs}</span>
        </p>
        <PageHeading title={`${lemma} ${transliteration ?? strongs}`} className="word-lemma">
          <Foreign language={language} text={lemma} />
        </PageHeading>
        <p className="word-sound">
          {transliteration ? <i>{transliteration}</i> : null}
          {pronunciation ? <span>{curlQuotes(pronunciation)}</span> : null}
          {partOfSpeech ? <span>{partOfSpeech}</span> : null}
        </p>
        <p className="word-meaning">
          <Polyglot text={word.definition} />
        </p>
        <Link className="button" to={mapPath({ root: strongs })}>
          Study map
        </Link>
      </header>
      <div className="word-facts">
        {word.usage ? (
          <section>
            <h2>In the King James Version</h2>
            <p>
              <Polyglot text={word.usage} />
            </p>
          </section>
        ) : null}
        <WordFamily word={word} />
        <WordForms word={word} />
        <WordBooks word={word} />
      </div>
      <WordConcordance word={word} />
    </article>
  );
}
