import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { sha256 } from '../package.files.ts';
import { SourceError } from '../source.error.ts';

/** A SWORD module on disk: its `.conf` and its data files. */
export interface SwordModule {
  name: string;
  version: string;
  description: string;
  licence: string;
  /** As in the `.conf`, e.g. `zCom4`. */
  driver: string;
  /** The data files by name, e.g. `ot.bzv`. */
  files: ReadonlyMap<string, Buffer>;
  /** SHA-256 of each data file, in the order of their names. */
  hashes: readonly string[];
}

/**
 * The module of a name, case ignored, below a SWORD folder (`mods.d` and `modules`); undefined when the folder has
 * none. @throws SourceError when its data cannot be read
 */
export function openModule(root: string, name: string): SwordModule | undefined {
  for (const conf of listDirectory(join(root, 'mods.d')).filter((file) => file.endsWith('.conf'))) {
    const values = parseConf(readFileSync(join(root, 'mods.d', conf), 'utf8'));
    if (values.name?.toLowerCase() !== name.toLowerCase()) continue;
    const path = values.DataPath;
    if (path === undefined) throw new SourceError(conf, undefined, 'it has no DataPath.');
    // A dictionary's path ends with the prefix of its files' names.
    const folder = path.endsWith('/') ? path : path.slice(0, path.lastIndexOf('/'));
    const names = listDirectory(join(root, folder)).sort();
    const files = new Map(names.map((file) => [file, readFileSync(join(root, folder, file))]));
    if (files.size === 0)
      throw new SourceError(conf, undefined, `its data (${path}) is not there.`);
    return {
      name: values.name,
      version: values.Version ?? '',
      description: values.Description ?? values.name,
      licence: values.DistributionLicense ?? '',
      driver: values.ModDrv ?? '',
      files,
      hashes: [...files.values()].map(sha256),
    };
  }
  return undefined;
}

/** A slice of a data file. @throws SourceError when the file is truncated */
export function slice(
  module: string,
  file: string,
  data: Buffer,
  offset: number,
  size: number,
): Buffer {
  if (offset + size > data.length) {
    throw new SourceError(
      `${module}/${file}`,
      `byte ${offset}`,
      `the file ends at ${data.length}, before ${offset + size}: it is truncated.`,
    );
  }
  return data.subarray(offset, offset + size);
}

/** @throws SourceError when the block is damaged */
export function inflate(module: string, file: string, block: number, data: Buffer): Buffer {
  try {
    return inflateSync(data);
  } catch (error) {
    throw new SourceError(
      `${module}/${file}`,
      `block ${block}`,
      `it cannot be decompressed (${(error as Error).message}): the file is damaged.`,
    );
  }
}

function parseConf(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const section = /^\[(.+)\]$/.exec(line)?.[1];
    if (section !== undefined) values.name = section;
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values[key] ??= value;
  }
  return values;
}

function listDirectory(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
