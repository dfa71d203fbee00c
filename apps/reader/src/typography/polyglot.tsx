import type { WordSummary } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { wordPath } from '../address/address.ts';
import { splitLanguages } from './polyglot.text.ts';
import { curlQuotes } from './scripture.text.ts';

/** A dictionary's text, with each language marked and Strong's numbers as links. */
export function Polyglot({ text }: { readonly text: string }): ReactNode {
  return splitLanguages(text).map((run, index) => {
    const key = `${index}-${run.kind}`;
    if (run.kind === 'latin') return curlQuotes(run.text);
    if (run.kind === 'hebrew') return <Foreign key={key} language="hebrew" text={run.text} />;
    if (run.kind === 'greek') return <Foreign key={key} language="greek" text={run.text} />;
    return (
      <Link key={key} to={wordPath(run.text)}>
        {run.text}
      </Link>
    );
  });
}

type ForeignProps = { readonly language: WordSummary['language']; readonly text: string };

/** A Hebrew or Greek word with its own font and direction, and a language that screen readers can switch to. */
export function Foreign({ language, text }: ForeignProps): ReactNode {
  return language === 'hebrew' ? (
    <span lang="he" dir="rtl">
      {text}
    </span>
  ) : (
    <span lang="grc">{text}</span>
  );
}
