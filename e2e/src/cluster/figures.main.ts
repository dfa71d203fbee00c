import { join } from 'node:path';
import { writeFigures } from '@gospelib/testkit';
import { repository } from '../platform.ts';
import { figuresFile } from './figures.ts';

/** Writes docs/operations/cluster.md from what the last runs of the tests measured. */
const page = join(repository, 'docs/operations/cluster.md');
writeFigures(page, figuresFile, 'e2e/src/cluster/figures.main.ts');
