import { globSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/*
 * One self-contained file for each program of a service: `src/main.ts` → `dist/main.js`, `src/migrate.main.ts` →
 * `dist/migrate.js`. It starts in half the time and needs no node_modules in an image. The migrations lie beside
 * `migrate.js`, in `dist/migrations`.
 */
const programs = globSync('src/{main,*.main}.ts');
if (programs.length === 0) throw new Error(`There is no src/main.ts in ${process.cwd()}.`);

export default programs.map((input) => {
  const name = basename(input).replace(/(\.main)?\.ts$/, '');
  return defineConfig({
    input,
    platform: 'node',
    plugins: name === 'migrate' ? [copyMigrations()] : [],
    output: {
      dir: 'dist',
      entryFileNames: `${name}.js`,
      format: 'esm',
      sourcemap: true,
      codeSplitting: false,
    },
  });
});

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
