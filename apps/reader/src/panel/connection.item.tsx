import type { Connection } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { namePath, passagePath, topicPath, wordPath } from '../address/address.ts';
import { countOf } from '../typography/count.ts';
import { Foreign, Polyglot } from '../typography/polyglot.tsx';
import { Scripture } from '../typography/scripture.tsx';
import { LongText } from './long.text.tsx';

/** One connection: its target, its text, and why it exists. */
export function ConnectionItem({ connection }: { readonly connection: Connection }): ReactNode {
  return (
    <article className={`connection connection-${connection.kind}`}>
      <Target connection={connection} />
      <p className="connection-reason">
        {connection.at ? <span className="connection-at">{versesOf(connection.at)} </span> : null}
        <Polyglot text={connection.reason} />
        {connection.derived ? (
          <span className="connection-derived"> Found by GospeLib.</span>
        ) : null}
      </p>
    </article>
  );
}

/** Which verses of a range have it: "Verses 21, 23". */
function versesOf(at: readonly string[]): string {
  const numbers = at.map((id) => id.slice(id.lastIndexOf('.') + 1));
  return `${at.length === 1 ? 'Verse' : 'Verses'} ${numbers.join(', ')}`;
}

function Target({ connection }: { readonly connection: Connection }): ReactNode {
  switch (connection.kind) {
    case 'cross-reference':
    case 'quotation': {
      const { id, reference, text } = connection.passage;
      return (
        <>
          <h3>
            <Link to={passagePath(id)}>{reference}</Link>
          </h3>
          <p>
            <Scripture text={text} />
          </p>
        </>
      );
    }
    case 'word': {
      const { word, forms, verses } = connection;
      return (
        <>
          <h3>
            <Link to={wordPath(word.strongs)}>
              <Foreign language={word.language} text={word.lemma} />
              {word.transliteration ? <i> {word.transliteration}</i> : null}
            </Link>
          </h3>
          <p>{word.gloss}</p>
          <p className="connection-forms">
            {forms.map((form) => (
              <span key={form}>
                <Polyglot text={form} />
              </span>
            ))}
            <span className="quiet">{countOf(verses, 'verse')}</span>
          </p>
        </>
      );
    }
    case 'name':
      return (
        <h3>
          <Link to={namePath(connection.name.id)}>{connection.name.label}</Link>{' '}
          <span className="quiet">{countOf(connection.verses, 'verse')}</span>
        </h3>
      );
    case 'topic':
      return (
        <h3>
          <Link to={topicPath(connection.topic.slug)}>{connection.topic.name}</Link>
        </h3>
      );
    case 'commentary':
      return (
        <>
          <h3>
            {connection.source} <span className="quiet">on {connection.covers}</span>
          </h3>
          <LongText text={connection.text} />
        </>
      );
  }
}
