import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { observabilityFiles } from './observability.files.ts';

const root = resolve(import.meta.dirname, '../../../..');
for (const [path, text] of Object.entries(observabilityFiles())) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
