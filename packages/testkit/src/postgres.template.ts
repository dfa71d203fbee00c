import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findPostgresProgram, startPostgres } from '@gospelib/stores';

const copy = promisify(execFile);
const folder = resolve(import.meta.dirname, '../../../.gl/test-clusters');

/** Another one when what `startPostgres` makes of a new cluster is another. */
const FORM = 2;

/** Fills the folder of a new PostgreSQL with an empty cluster: made once for a version, copied from then on. */
export async function copyTemplate(dataDir: string): Promise<void> {
  const program = await realpath(findPostgresProgram().postgres); // its path names its version
  const template = join(
    folder,
    createHash('sha256').update(`${FORM} ${program}`).digest('hex').slice(0, 12),
  );
  if (!existsSync(template)) await makeTemplate(template);
  await copy('cp', ['-a', `${template}/.`, dataDir]);
}

/** In a temporary folder, since PostgreSQL may run as a user who cannot reach this one. */
async function makeTemplate(template: string): Promise<void> {
  const made = await mkdtemp(join(tmpdir(), 'gospelib-cluster-'));
  const draft = `${template}.${basename(made)}`; // two of one process may be made at once
  try {
    const store = await startPostgres({ dataDir: made, persistence: false });
    await store.stop();
    await mkdir(dirname(template), { recursive: true });
    await copy('cp', ['-a', made, draft]);
    await rename(draft, template).catch(async (error: unknown) => {
      await rm(draft, { recursive: true });
      if (!existsSync(template)) throw error; // else another process was faster
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
