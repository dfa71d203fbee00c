import { exportStudy, importStudy } from '@gospelib/client';
import type { ImportResponse } from '@gospelib/contracts';
import { type ReactNode, useRef, useState } from 'react';
import { ActButton } from '../account/act.button.tsx';
import { saveFile } from '../account/own/save.file.ts';
import { resources } from '../resource/use.resource.ts';
import { authorisedSlowly } from '../session/authorised.ts';
import { signedInAs } from '../study/study.ts';
import { newId } from '../study/write.ts';
import { countOf } from '../typography/count.ts';

const origin = { baseUrl: '', fetch: authorisedSlowly };

/** Exports everything as a file, and imports it. */
export function TransferSection(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  // One key per file, so that a file sent again after a lost answer is imported once.
  const [key, setKey] = useState(newId);
  const bringBack = async (): Promise<string> => {
    const file = input.current?.files?.[0];
    if (!file) return 'Choose a file first.';
    const done = await importStudy(origin, file, key);
    for (const kind of ['study', 'marks', 'palette']) resources.expire(`${kind} ${signedInAs()}`);
    return wordsOfImport(done);
  };
  return (
    <section className="transfer" aria-labelledby="transfer">
      <h2 id="transfer">Take it with you</h2>
      <p>
        Everything that you made, one thing a line, as text that other programs read too. A file
        that was saved here can be brought back, whole or not at all; what is here already stays as
        it is.
      </p>
      <p className="transfer-actions">
        <ActButton label="Save to a file" act={saveToFile} />
      </p>
      <p className="transfer-actions">
        <input
          ref={input}
          type="file"
          accept=".ndjson,application/x-ndjson"
          aria-label="A file that was saved here"
          onChange={() => setKey(newId())}
        />
        <ActButton label="Bring back" act={bringBack} />
      </p>
    </section>
  );
}

async function saveToFile(): Promise<string> {
  saveFile(await exportStudy(origin), 'gospelib-study.ndjson');
  return 'Saved as gospelib-study.ndjson.';
}

function wordsOfImport({ added, unchanged, kept }: ImportResponse): string {
  const parts = [`${countOf(added, 'thing')} brought back`];
  if (unchanged > 0) parts.push(`${unchanged} were here already`);
  if (kept.total > 0)
    parts.push(`${kept.total} stayed as they are here, though the file says otherwise`);
  return `${parts.join('; ')}.`;
}
