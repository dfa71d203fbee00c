import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { makeOwnFolder } from './own.folder.ts';

/** Reads what was written down; undefined when nothing was. @throws OperatorError when it makes no sense */
export function readState<T>(file: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new OperatorError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new OperatorError(
    `${file} is damaged, or of another version: ${z.prettifyError(parsed.error)}`,
    'Nobody but ./gl writes it. `./gl down` ends what runs; then remove that file and run `./gl up`.',
  );
}

/** Written under another name and renamed: readers see all of it, or the one before. */
export function writeState(file: string, state: object): void {
  makeOwnFolder(dirname(file));
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, JSON.stringify(state, null, 2));
  renameSync(draft, file);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it
  }
}
