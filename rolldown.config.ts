import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/**
 * One self-contained file for each program of a service: `src/main.ts` → `dist/main.js`, `src/migrate.main.ts` →
 * `dist/migrate.js`. It starts in half the time and needs no node_modules in an image. The migrations lie beside
 * `migrate.js`, in `dist/migrations`.
 */
export default globSync('src/{main,*.main}.ts').map((input) => {
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
    generateBundle() {
      for (const fileName of globSync('migrations/*.sql')) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(fileName) });
      }
    },
  };
}
