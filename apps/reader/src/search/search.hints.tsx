import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { searchPath } from '../address/address.ts';
import './search.hints.css';

const EXAMPLES: readonly { readonly q: string; readonly does: string }[] = [
  { q: 'faith is not to have a perfect knowledge', does: 'a verse as you remember it' },
  { q: '"tree of life"', does: 'in quotes, exactly this phrase' },
  { q: 'bapti* -water', does: 'a beginning of words, without a word' },
  { q: 'manna OR quails', does: 'one word or the other' },
  { q: 'lamp feet light path', does: 'words that stand near each other' },
  { q: 'D&C 76:22', does: 'a passage, written as you like' },
  { q: 'αγαπη', does: 'a Greek word without its accents' },
  { q: 'חסד', does: 'a Hebrew word without its points' },
];

/** Explains what can be searched for, and why a query found nothing or was refused. */
export function SearchHints({ reason }: { readonly reason?: string }): ReactNode {
  return (
    <section className="search-hints" aria-label="What you can search for">
      {reason ? (
        <p className="search-reason" role="status">
          {reason}
        </p>
      ) : null}
      <ul>
        {EXAMPLES.map(({ q, does }) => (
          <li key={q}>
            <Link to={searchPath({ q })}>{q}</Link>
            <span className="quiet">{does}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
