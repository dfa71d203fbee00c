import type { WordResponse } from '@gospelib/contracts';
import type { CSSProperties, ReactNode } from 'react';

/** How often a word occurs in each book: one bar per book. */
export function WordBooks({ word }: { readonly word: WordResponse }): ReactNode {
  const { books } = word;
  if (books.length === 0) return null;
  const most = Math.max(...books.map(({ count }) => count));
  return (
    <section>
      <h2>Books</h2>
      <ul className="word-books">
        {books.map(({ slug, name, count }) => (
          <li key={slug} style={{ '--share': count / most } as CSSProperties}>
            <span>{name}</span>
            <span className="word-count">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
