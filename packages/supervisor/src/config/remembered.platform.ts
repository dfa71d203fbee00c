import { join } from 'node:path';
import { z } from 'zod';
import { rememberedFile } from './own.folder.ts';
import type { Ports } from './port.choice.ts';
import { readState, writeState } from './state.file.ts';

const port = z.number().int().min(1).max(65_535);
const remembered = z.object({ ports: z.record(z.string(), port) });

/** The ports with which the platform of a data folder was started last: whoever recovers it must not look elsewhere. */
export function readRememberedPorts(dataDir: string): Ports | undefined {
  return readState(fileIn(dataDir), remembered)?.ports;
}

export function rememberPorts(dataDir: string, ports: Ports): void {
  writeState(fileIn(dataDir), { ports } satisfies z.input<typeof remembered>);
}

function fileIn(dataDir: string): string {
  return join(dataDir, rememberedFile);
}
