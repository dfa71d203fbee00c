import type { ReactNode } from 'react';
import { type Request, resources, useResource } from '../../resource/use.resource.ts';
import { wordsOfFailure } from '../failure.words.ts';

type LoadedProps<T> = {
  readonly request: Request<T>;
  readonly children: (value: T) => ReactNode;
};

/** A section that is fetched separately: the rest of the page works without it. */
export function Loaded<T>({ request, children }: LoadedProps<T>): ReactNode {
  const resource = useResource(request);
  if (resource.status === 'ready') return children(resource.value);
  if (resource.status === 'loading') return <p className="quiet">Fetching…</p>;
  return (
    <div className="account-failure" role="alert">
      <p>{wordsOfFailure(resource.error)}</p>
      <button type="button" className="button" onClick={() => resources.retry(request.key)}>
        Try again
      </button>
    </div>
  );
}
