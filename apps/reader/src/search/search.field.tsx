import { type FormEvent, type ReactNode, useState } from 'react';
import { searchPath } from '../address/address.ts';
import { useGo } from '../address/use.go.ts';

/** The query in the page itself, to refine it next to its results. */
export function SearchField({ q }: { readonly q: string }): ReactNode {
  const go = useGo();
  const [text, setText] = useState(q);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) go(searchPath({ q: text.trim() }));
  };
  return (
    <form className="search-field" onSubmit={onSubmit}>
      <input
        type="search"
        value={text}
        aria-label="Words to search for"
        placeholder="Words, a phrase in quotes, a Hebrew or Greek word…"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button">
        Search
      </button>
    </form>
  );
}
