import type { WordResponse } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { Foreign } from '../typography/polyglot.tsx';

const FIRST = 16;

/** How a word is written where it stands, the most frequent form first. */
export function WordForms({ word }: { readonly word: WordResponse }): ReactNode {
  const [all, setAll] = useState(false);
  const { forms, language } = word;
  if (forms.length === 0) return null;
  return (
    <section>
      <h2>Forms</h2>
      <ul className="word-forms">
        {forms.slice(0, all ? undefined : FIRST).map(({ form, count }) => (
          <li key={form}>
            <Foreign language={language} text={form} /> <span className="quiet">{count}</span>
          </li>
        ))}
      </ul>
      {forms.length > FIRST && !all ? (
        <button type="button" className="button" onClick={() => setAll(true)}>
          All {forms.length} forms
        </button>
      ) : null}
    </section>
  );
}
