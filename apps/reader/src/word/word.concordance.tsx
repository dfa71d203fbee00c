import type { WordResponse } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { client } from '../api/api.ts';
import { MoreButton } from '../resource/more.button.tsx';
import { usePages } from '../resource/use.pages.ts';
import { countOf } from '../typography/count.ts';
import { Polyglot } from '../typography/polyglot.tsx';
import { Scripture } from '../typography/scripture.tsx';

/** Every verse that contains a word, in canonical order, with the form it has there. */
export function WordConcordance({ word }: { readonly word: WordResponse }): ReactNode {
  const { strongs, concordance, note } = word;
  const pages = usePages(concordance, async (cursor, signal) => {
    return (await client.word(strongs, { cursor }, { signal })).concordance;
  });
  return (
    <section className="concordance" aria-labelledby="concordance">
      <h2 id="concordance">
        Concordance{' '}
        {concordance.total > 0 ? (
          <span className="quiet">{countOf(concordance.total, 'verse')}</span>
        ) : null}
      </h2>
      {note ? <p className="quiet">{note}</p> : null}
      <ol>
        {pages.items.map(({ passage, forms }) => (
          <li key={passage.id}>
            <h3>
              <Link to={passagePath(passage.id)}>{passage.reference}</Link>
            </h3>
            <p>
              <Scripture text={passage.text} />
            </p>
            <p className="concordance-forms">
              {forms.map((form) => (
                <span key={form}>
                  <Polyglot text={form} />
                </span>
              ))}
            </p>
          </li>
        ))}
      </ol>
      <MoreButton pages={pages} total={concordance.total} noun="verses" />
    </section>
  );
}
