import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailSender } from './mail.sender.ts';

/**
 * For one machine: writes each mail to a folder as `<time>-<id>.json` with `{at, from, to, subject, text}`.
 * Files sort by time, appear atomically, and are readable by their owner only: they hold links that sign in.
 */
export function outboxSender(folder: string, from: string): MailSender {
  return {
    async send({ to, subject, text }) {
      const at = new Date().toISOString();
      const name = `${at.replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.json`;
      const draft = join(folder, `.${name}`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const body = JSON.stringify({ at, from, to, subject, text }, undefined, 2);
      await writeFile(draft, `${body}\n`, { mode: 0o600 });
      await rename(draft, join(folder, name));
    },
    close: () => undefined,
  };
}

/** Removes mails that are older than this many days: they hold addresses and links. */
export async function pruneOutbox(folder: string, days: number): Promise<void> {
  const oldest = new Date(Date.now() - days * 86_400_000).toISOString().replaceAll(':', '-');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  // A draft that a crash has left begins with a dot.
  const mails = names.filter((name) => /^\.?\d{4}-.*\.json$/.test(name));
  for (const name of mails.filter((one) => one.replace(/^\./, '') < oldest)) {
    await rm(join(folder, name), { force: true });
  }
}
