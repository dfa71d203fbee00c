import { join } from 'node:path';
import { type Figure, recordFigure } from '@gospelib/testkit';
import { root } from './image.lane.ts';

/** What the tests measured: `image-figures.main.ts` writes the page of it. */
export const figuresFile = join(root, '.gl/tests/packages/delivery/image-figures.jsonl');

export function record(what: string, figure: Figure): void {
  recordFigure(figuresFile, what, figure);
}
