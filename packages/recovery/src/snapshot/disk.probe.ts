import { formatMegabytes } from '@gospelib/cli-kit';
import type { Environment, StoragePlace } from '@gospelib/environment';
import type { Finding } from './finding.ts';
import type { Answer } from './probe.answer.ts';
import type { DiskSnapshot } from './snapshot.types.ts';

const MB = 1e6;

/**
 * What must be free, in bytes. Data: a store writes its next snapshot beside the last one, and PostgreSQL up to a
 * gigabyte of its log (max_wal_size). Backups: one more of each kind.
 */
const needed = { data: 1_000 * MB, backups: 250 * MB } as const;

/** Below this a store may fail at its next write. */
const FULL_BYTES = 64 * MB;

/** Whether stores and backups can go on writing, and what is missing where not. */
export async function probeDisk(
  environment: Pick<Environment, 'storagePlaces'>,
  say: (line: string) => void,
): Promise<Answer<DiskSnapshot>> {
  say('looking at the disk …');
  const findings = (await environment.storagePlaces()).flatMap(tell);
  const hindered = findings.filter(({ level }) => level === 'fault');
  return { snapshot: { hindered: hindered.map(({ subject }) => subject) }, findings };
}

function tell({ name, folder, freeBytes, refusal }: StoragePlace): Finding[] {
  const missing = needed[name] - freeBytes;
  const figures = `${formatMegabytes(freeBytes)} are free, ${formatMegabytes(needed[name])} are needed: ${formatMegabytes(missing)} are missing`;
  const effect = name === 'data' ? 'stores cannot save what is written' : 'no backup can be taken';
  if (refusal !== undefined && freeBytes >= FULL_BYTES) {
    const text = `Nothing can be written in ${folder} (${refusal}): ${effect}.`;
    return [{ kind: 'disk-refuses', level: 'fault', subject: name, text }];
  }
  if (freeBytes < FULL_BYTES) {
    const text = `The disk of ${folder} is full: ${figures}; ${effect}.`;
    return [{ kind: 'disk-full', level: 'fault', subject: name, text }];
  }
  if (missing <= 0) return [];
  const text = `The disk of ${folder} is nearly full: ${figures}.`;
  return [{ kind: 'disk-low', level: 'warning', subject: name, text }];
}
