import { join } from 'node:path';
import { writeFigures } from '@gospelib/testkit';
import { figuresFile } from './image.figures.ts';
import { root } from './image.lane.ts';

/** Writes the table of docs/operations/images.md from what the last runs of the tests measured. */
const page = join(root, 'docs/operations/images.md');
writeFigures(page, figuresFile, 'packages/delivery/src/testing/image-figures.main.ts');
