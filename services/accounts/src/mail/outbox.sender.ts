import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
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
