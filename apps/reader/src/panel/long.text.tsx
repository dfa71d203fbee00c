import { type ReactNode, useState } from 'react';
import { Polyglot } from '../typography/polyglot.tsx';
import { splitLong } from './long.text.ts';

/** A comment of any length, collapsed to its beginning. */
export function LongText({ text }: { readonly text: string }): ReactNode {
  const [whole, setWhole] = useState(false);
  const { paragraphs, beginning } = splitLong(text);
  return (
    <div className="long-text">
      {(whole ? paragraphs : beginning).map((paragraph, index) => {
        const key = `${index} ${paragraph.slice(0, 20)}`;
        return (
          <p key={key}>
            <Polyglot text={paragraph} />
          </p>
        );
      })}
      {beginning !== paragraphs && !whole ? (
        <button type="button" className="long-text-more" onClick={() => setWhole(true)}>
          Read all of it
        </button>
      ) : null}
    </div>
  );
}
