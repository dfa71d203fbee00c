import { resolve } from 'node:path';
import { platform } from '@gospelib/platform';
import { layOutFiles } from './image.files.ts';

const [out] = process.argv.slice(2);
if (out === undefined) throw new Error('usage: image-files.main.ts FOLDER');
layOutFiles(resolve(import.meta.dirname, '../../../..'), resolve(out), platform);
