import { globSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Moves the maps of the page out of the folder that readers are served from, to `dist/maps`. */
export function keepMaps(): Plugin {
  let folder = '';
  return {
    name: 'keep-maps',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const name of globSync('**/*.map', { cwd: folder })) {
        const kept = join(dirname(folder), 'maps', name);
        mkdirSync(dirname(kept), { recursive: true });
        renameSync(join(folder, name), kept);
      }
    },
  };
}
