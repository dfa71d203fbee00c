import { globSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { defineConfig, type Plugin, rolldown } from 'rolldown';

const THREAD = /new URL\('(\.\/[\w.-]+\.thread)\.ts', import\.meta\.url\)/;

/*
 * One self-contained file for each program of a service: `src/main.ts` → `dist/main.js`, `src/migrate.main.ts` →
 * `dist/migrate.js`. It starts in half the time and needs no node_modules in an image. The migrations lie beside
 * `migrate.js`, in `dist/migrations`. A worker thread that a program starts is a file beside it, too.
 */
const programs = globSync('src/{main,*.main}.ts');
if (programs.length === 0) throw new Error(`There is no src/main.ts in ${process.cwd()}.`);

export default programs.map((input) => {
  const name = basename(input).replace(/(\.main)?\.ts$/, '');
  return defineConfig({
    input,
    platform: 'node',
    plugins: [
      bundleThreads(),
      ...(name === 'main' ? [tabulateLines()] : []),
      ...(name === 'migrate' ? [copyMigrations()] : []),
    ],
    output: {
      dir: 'dist',
      entryFileNames: `${name}.js`,
      format: 'esm',
      sourcemap: true,
      codeSplitting: false,
    },
  });
});

/** `new Worker(new URL('./name.thread.ts', import.meta.url))` starts `dist/name.thread.js`, which is bundled, too. */
function bundleThreads(): Plugin {
  const sources = new Map<string, string>();
  return {
    name: 'bundle-threads',
    transform: {
      filter: { code: THREAD },
      handler(code, id) {
        const replaced = code.replace(THREAD, (_, path: string) => {
          sources.set(`${path}.js`, join(dirname(id), `${path}.ts`));
          return `new URL('${path}.js', import.meta.url)`;
        });
        return { code: replaced, map: null }; // every character stays where it was
      },
    },
    async generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      for (const [fileName, input] of sources) {
        // What starts the thread may be no part of this program.
        if (!chunks.some(({ code }) => code.includes(fileName))) continue;
        const thread = await rolldown({ input, platform: 'node' });
        const { output } = await thread.generate({ format: 'esm', codeSplitting: false });
        this.emitFile({ type: 'asset', fileName: basename(fileName), source: output[0].code });
      }
    },
  };
}

/**
 * `main.lines.json`: of which source each line of `main.js` is. Profiles are told by it in the running service, where
 * there is no room for the source map.
 */
function tabulateLines(): Plugin {
  return {
    name: 'tabulate-lines',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || file.map === null) continue;
        const source = JSON.stringify(lineTable(file.code, file.map.toString()));
        this.emitFile({
          type: 'asset',
          fileName: file.fileName.replace(/\.js$/, '.lines.json'),
          source,
        });
      }
    },
  };
}

/** A run says from which generated line (from 0) on which source, from which of its lines (from 0). */
function lineTable(code: string, json: string): { sources: string[]; runs: number[] } {
  const map = new SourceMap(JSON.parse(json));
  const sources = new Map<string, number>();
  const runs: number[] = [];
  let last = { name: '', offset: Number.NaN };
  const count = code.split('\n').length;
  for (let line = 0; line < count; line += 1) {
    const entry = map.findEntry(line, Number.MAX_SAFE_INTEGER);
    if (!('originalSource' in entry) || entry.generatedLine !== line) continue;
    const { originalSource: name, originalLine } = entry;
    const offset = originalLine - line;
    if (last.name === name && last.offset === offset) continue;
    if (!sources.has(name)) sources.set(name, sources.size);
    runs.push(line, sources.get(name) ?? 0, originalLine);
    last = { name, offset };
  }
  return { sources: [...sources.keys()], runs };
}

function copyMigrations(): Plugin {
  return {
    name: 'copy-migrations',
    generateBundle({ dir = 'dist' }) {
      const files = globSync('migrations/*.sql');
      if (files.length === 0) throw new Error(`There is no migration in ${process.cwd()}.`);
      // One that was removed or renamed since the last build must not be run.
      rmSync(join(dir, 'migrations'), { recursive: true, force: true });
      for (const fileName of files) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(fileName) });
      }
    },
  };
}
