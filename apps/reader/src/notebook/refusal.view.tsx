import { type ReactNode, useId } from 'react';
import { saveFile } from '../account/own/save.file.ts';
import type { Change, StudyInput } from '../outbox/change.ts';
import { ContentView } from './content.view.tsx';
import { decide } from './decide.ts';

type RefusalViewProps = {
  readonly change: Change;
  readonly yours: StudyInput | null;
  readonly reason: string;
};

/** A change that the server refuses, and why. It stays here until the reader discards it. */
export function RefusalView({ change, yours, reason }: RefusalViewProps): ReactNode {
  const title = useId();
  const keep = () => {
    const text = yours && 'body' in yours ? yours.body : JSON.stringify(yours, null, 2);
    saveFile(new Blob([text], { type: 'text/plain' }), 'gospelib-not-saved.txt');
  };
  return (
    <section className="conflict" aria-labelledby={title}>
      <h2 id={title}>Not taken by the library</h2>
      <p className="quiet">{reason}</p>
      <ContentView kind={change.kind} content={yours} />
      <p className="conflict-actions">
        <button type="button" className="button" onClick={() => decide(change, yours)}>
          Try again
        </button>
        {yours === null ? null : (
          <button type="button" className="button" onClick={keep}>
            Save to a file
          </button>
        )}
        <button type="button" className="button" onClick={() => decide(change, undefined)}>
          Let it go
        </button>
      </p>
    </section>
  );
}
