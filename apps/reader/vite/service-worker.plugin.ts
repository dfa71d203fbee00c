import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

/** Fonts that only some pages need are cached on first use, not in advance. */
const LEFT_OUT = /\.map$|-(?:extended|greek)-|hebrew/;

/**
 * Builds the service worker as one file with its own address, and tells it which files make up the shell, and a version
 * that changes with any of them.
 * @param entry the worker's source, relative to the project's folder
 */
export function serviceWorker(entry: string): Plugin {
  let root = '';
  let publicFolder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      publicFolder = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const hash = createHash('sha256');
        const files = ['/'];
        for (const [name, file] of Object.entries(bundle)) {
          if (LEFT_OUT.test(name)) continue;
          if (name !== 'index.html') files.push(`/${name}`);
          hash.update(file.type === 'chunk' ? file.code : file.source);
        }
        for (const name of readdirSync(publicFolder)) {
          files.push(`/${name}`);
          hash.update(readFileSync(join(publicFolder, name)));
        }
        const version = hash.digest('hex').slice(0, 12);
        const source = await bundleWorker(join(root, entry), {
          __SHELL_FILES__: JSON.stringify(files),
          __SHELL_VERSION__: JSON.stringify(version),
        });
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
      },
    },
  };
}

async function bundleWorker(input: string, define: Record<string, string>): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { input, output: { format: 'iife' } },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error('The build of the service worker gave nothing.');
  return chunk.code;
}
