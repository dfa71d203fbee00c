import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from '../platform.ts';

export interface ClusterFigure {
  readonly seconds: number;
  /** At most. */
  readonly target?: number;
  readonly note?: string;
}

/** What the tests measured, one JSON line each: `cluster-figures.main.ts` writes the page of it. */
export const figuresFile = join(repository, '.gl/tests/e2e/cluster-figures.jsonl');

export function record(what: string, figure: ClusterFigure): void {
  mkdirSync(dirname(figuresFile), { recursive: true });
  appendFileSync(
    figuresFile,
    `${JSON.stringify({ what, at: new Date().toISOString(), ...figure })}\n`,
  );
}
