import { exportStudy } from '@gospelib/client';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { NOTEBOOK_PATH } from '../../address/study.address.ts';
import { accountApi } from '../../session/account.api.ts';
import { authorisedSlowly } from '../../session/authorised.ts';
import { ActButton } from '../act.button.tsx';
import { asReader } from './account.requests.ts';
import { saveFile } from './save.file.ts';

/** Downloads everything stored about the reader, as two files. */
export function ExportSection(): ReactNode {
  return (
    <section aria-labelledby="export">
      <h2 id="export">Take everything with you</h2>
      <p>
        What you made: highlights, notes, bookmarks, reading lists, the names of your colours and
        where you have read, one thing a line, as text that other programs read too (NDJSON). The{' '}
        <Link to={NOTEBOOK_PATH}>notebook</Link> takes it back as it is. The links of shared lists
        are not in it.
      </p>
      <ActButton label="Save what I made" act={saveStudy} />
      <p>
        The account itself: name, e-mail, ways to sign in, sessions and what happened lately (JSON).
        Passwords and keys are not in it.
      </p>
      <ActButton label="Save my account" act={saveAccount} />
    </section>
  );
}

async function saveStudy(): Promise<string> {
  const file = await exportStudy({ baseUrl: '', fetch: authorisedSlowly });
  saveFile(file, 'gospelib-study.ndjson');
  return 'Saved as gospelib-study.ndjson.';
}

async function saveAccount(): Promise<string> {
  const account = await asReader(() => accountApi.exportAccount());
  const text = JSON.stringify(account, null, 2);
  saveFile(new Blob([text], { type: 'application/json' }), 'gospelib-account.json');
  return 'Saved as gospelib-account.json.';
}
