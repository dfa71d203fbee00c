import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { Scripture } from './scripture.tsx';

type Listed = {
  readonly id: string;
  readonly reference: string;
  readonly text?: string | undefined;
};

/** Passages with their text, in the order given. */
export function PassageList({ passages }: { readonly passages: readonly Listed[] }): ReactNode {
  return (
    <ol className="passages">
      {passages.map(({ id, reference, text }) => (
        <li key={id}>
          <h3>
            <Link to={passagePath(id)}>{reference}</Link>
          </h3>
          {text ? (
            <p>
              <Scripture text={text} />
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
