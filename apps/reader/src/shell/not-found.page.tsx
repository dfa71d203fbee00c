import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { searchPath } from '../address/address.ts';
import type { Suggestion } from '../goto/suggestion.ts';
import { PageHeading } from './page.heading.tsx';

type NotFoundProps = {
  /** The server's reason why there is no such page. */
  readonly reason?: string;
};

/** Says what is wrong with an address, and suggests where the reader wanted to go. */
export default function NotFoundPage({ reason }: NotFoundProps): ReactNode {
  const { pathname } = useLocation();
  const meant = textOf(pathname);
  const suggestions = useNear(meant);
  const passages = suggestions.filter(({ kind }) => kind === 'passage' || kind === 'book');
  const note = suggestions.find(({ kind }) => kind === 'note')?.label;
  return (
    <div className="notice">
      <PageHeading title="Not found">No such page</PageHeading>
      <p>{note ?? reason ?? 'The library has nothing at this address.'}</p>
      {passages.length > 0 ? (
        <ul>
          {passages.map(({ label, to }) => (
            <li key={to}>
              <Link className="button" to={to}>
                {label}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <Link to={searchPath({ q: meant })}>Search for “{meant}”</Link> or{' '}
        <Link to="/">see all the books</Link>.
      </p>
    </div>
  );
}

/** `/malachi/5/3` as people type it: "malachi 5:3". */
function textOf(pathname: string): string {
  const [first = '', second, ...rest] = pathname.split('/').filter(Boolean).map(decode);
  return [first.replaceAll('-', ' '), [second, ...rest].filter(Boolean).join(':')]
    .join(' ')
    .trim()
    .slice(0, 100);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function useNear(text: string): readonly Suggestion[] {
  const [near, setNear] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    let here = true;
    import('../goto/goto.suggest.ts').then(
      ({ suggest }) => here && setNear(suggest(text)),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [text]);
  return near;
}
