import { createHash } from 'node:crypto';
import { chmodSync, cpSync, globSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '@gospelib/platform';

/** Every file of an image is older than this: 2020-01-01, in seconds. */
export const SOURCE_DATE_EPOCH = 1_577_836_800;
const OLDEST = 946_684_800; // 2000-01-01

/** Lays out what each image has, a folder each below `out`, from the built projects below `root`. */
export function layOutFiles(root: string, out: string, { services, jobs }: Catalogue): void {
  for (const [name, { folder }] of [...Object.entries(services), ...Object.entries(jobs)]) {
    copyBuilt(join(root, folder, 'dist'), join(out, name));
  }
  // The verbs look for their repository's folders, as in a clone.
  const ops = join(out, 'ops');
  cpSync(join(root, 'apps/gl/package.json'), join(ops, 'apps/gl/package.json'));
  copyBuilt(join(root, 'apps/gl/dist'), join(ops, 'apps/gl/dist'));
  for (const { folder } of Object.values(services).filter(({ ownsSchema }) => ownsSchema)) {
    copyBuilt(join(root, folder, 'dist'), join(ops, folder, 'dist'));
    cpSync(join(root, folder, 'migrations'), join(ops, folder, 'migrations'), { recursive: true });
  }
  for (const path of globSync('**/*', { cwd: out })) settle(join(out, path));
}

/** Without maps: those of services are sent to Sentry where somebody wants them, those of the page nobody downloads. */
function copyBuilt(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    filter: (source) => !/(?:\.map|^maps)$/.test(source.slice(from.length + 1)),
  });
}

/**
 * Nothing of a file says where or when it was built: its mode is that of no umask, and the same content has the same date,
 * another content another one. With one date for all files, a page of equal length would have the ETag of the page
 * before, and browsers would keep that.
 */
function settle(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? 0o755 : 0o644);
  if (isFolder) return;
  const hash = createHash('sha256').update(readFileSync(path)).digest().readUInt32BE(0);
  const date = OLDEST + (hash % (SOURCE_DATE_EPOCH - OLDEST));
  utimesSync(path, date, date);
}
