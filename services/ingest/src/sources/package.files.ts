import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CorpusSource } from '@gospelib/contracts';
import { SourceError } from './source.error.ts';
import type { PinnedSource } from './source.pins.ts';

/** Text of the files of a source, by path within its package. */
export type SourceTexts<Pin extends PinnedSource> = Readonly<
  Record<Extract<keyof Pin['files'], string>, string>
>;

/**
 * Reads a pinned source and compares its hash with the examined one.
 * @param directory a folder that holds the packages by name, instead of the installed ones.
 * @throws SourceError for a package that is not there, and for a file that is not the examined one.
 */
export function readPinned<Pin extends PinnedSource>(
  pin: Pin,
  directory: string | undefined,
): SourceTexts<Pin> {
  const folder = directory === undefined ? installedFolder(pin) : join(directory, pin.package);
  const texts: Record<string, string> = {};
  for (const [path, expected] of Object.entries(pin.files)) {
    const file = `${pin.package}/${path}`;
    const bytes = readBytes(join(folder, path), file);
    const actual = sha256(bytes);
    if (actual !== expected) {
      throw new SourceError(
        file,
        undefined,
        `its bytes are not those of version ${pin.version} (SHA-256 ${actual}, expected ${expected}): ` +
          'the file is truncated or altered. Install the packages anew; nothing was changed.',
      );
    }
    texts[path] = bytes.toString('utf8');
  }
  return texts as SourceTexts<Pin>;
}

/** A source as the manifest names it; its hash covers the hashes of its files. */
export function describeSource(
  { id, title, version, licence, attribution, url, provides }: Omit<CorpusSource, 'sha256'>,
  hashes: readonly string[],
): CorpusSource {
  const hash = sha256(Buffer.from(hashes.join('\n')));
  return { id, title, version, licence, attribution, ...(url && { url }), provides, sha256: hash };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readBytes(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`;
    throw new SourceError(file, undefined, `${reason} Install the workspace with ./gl first.`);
  }
}

/** Where a package lies. Resolved from this service at run time: the packages are data and never part of the bundle. */
export function installedFolder(pin: PinnedSource): string {
  const require = createRequire(import.meta.url);
  for (const root of require.resolve.paths(pin.package) ?? []) {
    const folder = join(root, pin.package);
    try {
      readFileSync(join(folder, 'package.json'));
      return folder;
    } catch {
      // Not in this node_modules; the next one up.
    }
  }
  throw new SourceError(
    pin.package,
    undefined,
    `the package is not installed near ${dirname(import.meta.filename)}. Install the workspace with ./gl first.`,
  );
}
