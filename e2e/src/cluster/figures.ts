import { join } from 'node:path';
import { type Figure, recordFigure } from '@gospelib/testkit';
import { repository } from '../platform.ts';

/** What the tests measured: `figures.main.ts` writes the page of it. */
export const figuresFile = join(repository, '.gl/tests/e2e/cluster-figures.jsonl');

export function record(what: string, figure: Figure): void {
  recordFigure(figuresFile, what, figure);
}

/** A figure in seconds, of which there may be a most. */
export function inSeconds(value: number, most?: number): Omit<Figure, 'note'> {
  return { value, unit: 's', ...(most !== undefined && { target: { most } }) };
}
