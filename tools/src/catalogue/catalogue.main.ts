import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bakePath, renderBake } from '@gospelib/delivery';
import { platform } from '@gospelib/platform';
import { readGuide, renewGuide } from './catalogue.check.ts';

const root = resolve(import.meta.dirname, '../../..');
writeFileSync(join(root, 'docs/architecture.md'), renewGuide(readGuide(root), platform));
writeFileSync(join(root, bakePath), renderBake(platform));
