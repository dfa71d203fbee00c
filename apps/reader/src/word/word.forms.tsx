import type { WordResponse } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { isLatin } from '../typography/polyglot.text.ts';
import { Polyglot } from '../typography/polyglot.tsx';

const FIRST = 16;

/**
 * The forms of a word, most frequent first. For the New Testament the corpus does not know the Greek forms, only the
 * English words that translate them.
 */
export function WordForms({ word }: { readonly word: WordResponse }): ReactNode {
  const [all, setAll] = useState(false);
  const { forms } = word;
  const [first] = forms;
  if (!first) return null;
  const translated = isLatin(first.form);
  return (
    <section>
      <h2>{translated ? 'Translated as' : 'Forms'}</h2>
      <ul className="word-forms">
        {forms.slice(0, all ? undefined : FIRST).map(({ form, count }) => (
          <li key={form}>
            <Polyglot text={form} /> <span className="quiet">{count}</span>
          </li>
        ))}
      </ul>
      {forms.length > FIRST && !all ? (
        <button type="button" className="button" onClick={() => setAll(true)}>
          All {forms.length} {translated ? 'translations' : 'forms'}
        </button>
      ) : null}
    </section>
  );
}
