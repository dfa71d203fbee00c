import { join } from 'node:path';
import type { RememberedCorpus } from '@gospelib/environment';
import { z } from 'zod';
import { rememberedFile } from './own.folder.ts';
import type { Ports } from './port.choice.ts';
import { readState, writeState } from './state.file.ts';

const port = z.number().int().min(1).max(65_535);
const remembered = z.object({
  ports: z.record(z.string(), port),
  /** Absent in folders of earlier releases. */
  corpus: z.object({ version: z.string(), edition: z.enum(['default', 'full']) }).optional(),
});

/** The ports with which the platform of a data folder was started last: whoever recovers it must not look elsewhere. */
export function readRememberedPorts(dataDir: string): Ports | undefined {
  return readState(fileIn(dataDir), remembered)?.ports;
}

/** The corpus that was active here; the graph store may have lost it since. */
export function readRememberedCorpus(dataDir: string): RememberedCorpus | undefined {
  return readState(fileIn(dataDir), remembered)?.corpus;
}

export function rememberPorts(dataDir: string, ports: Ports): void {
  write(dataDir, { ...readState(fileIn(dataDir), remembered), ports });
}

export function rememberCorpus(dataDir: string, { version, edition }: RememberedCorpus): void {
  const ports = readRememberedPorts(dataDir) ?? {};
  write(dataDir, { ports, corpus: { version, edition } });
}

function write(dataDir: string, state: z.input<typeof remembered>): void {
  writeState(fileIn(dataDir), state);
}

function fileIn(dataDir: string): string {
  return join(dataDir, rememberedFile);
}
