import type { SearchHit } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { Scripture } from '../typography/scripture.tsx';

export function HitView({ hit }: { readonly hit: SearchHit }): ReactNode {
  const { passage, snippet } = hit;
  return (
    <article className="hit">
      <h3>
        <Link to={passagePath(passage.id)}>{passage.reference}</Link>
      </h3>
      <p>
        {snippet.map(({ text, hit: found }, index) => {
          const key = `${index} ${text}`;
          return found ? (
            <mark key={key}>
              <Scripture text={text} />
            </mark>
          ) : (
            <Scripture key={key} text={text} />
          );
        })}
      </p>
    </article>
  );
}
