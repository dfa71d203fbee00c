import type { ReactNode } from 'react';
import { type Change, chainOf } from '../outbox/change.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import { outbox } from '../study/study.ts';
import { ConflictView } from './conflict.view.tsx';
import { ContentView } from './content.view.tsx';
import { RefusalView } from './refusal.view.tsx';

/** Changes that are only on this device: first those that need the reader's decision, then those waiting to be sent. */
export function UnsavedList({ account }: { readonly account: string }): ReactNode {
  const state = useOutbox();
  const changes = state.account === account ? state.changes : [];
  const troubled = changes.filter(({ trouble }) => trouble);
  const chained = new Set(troubled.flatMap((first) => chainOf(changes, first)));
  const waiting = changes.filter((change) => !chained.has(change));
  return (
    <>
      {changes.length === 0 ? (
        <p className="notebook-empty quiet" role="status">
          Everything is saved.
        </p>
      ) : null}
      {troubled.map((change) => (
        <Troubled key={change.seq} change={change} chain={chainOf(changes, change)} />
      ))}
      {waiting.length > 0 ? (
        <section aria-labelledby="waiting">
          <h2 id="waiting">On this device, and on their way</h2>
          <p className="quiet">
            They are sent by themselves as soon as the library can be reached.{' '}
            <button type="button" className="button" onClick={() => void outbox.drain()}>
              Try now
            </button>
          </p>
          <ol className="notebook-list">
            {waiting.map((change) => (
              <li key={change.seq} className="note-card">
                <ContentView kind={change.kind} content={change.input} />
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </>
  );
}

type TroubledProps = { readonly change: Change; readonly chain: readonly Change[] };

function Troubled({ change, chain }: TroubledProps): ReactNode {
  const { trouble } = change;
  // The newest version on this device counts.
  const yours = chain.at(-1)?.input ?? null;
  if (trouble?.kind === 'conflict') {
    return <ConflictView change={change} yours={yours} stored={trouble.stored} />;
  }
  return trouble ? <RefusalView change={change} yours={yours} reason={trouble.reason} /> : null;
}
