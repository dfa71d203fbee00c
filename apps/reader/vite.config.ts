import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './vite/precompress.plugin.ts';
import { serviceWorker } from './vite/service-worker.plugin.ts';
import { keepMaps } from './vite/source-maps.plugin.ts';

/** Address of the gateway or of the content service while developing. */
const api = process.env.GOSPELIB_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [
    react(),
    serviceWorker('src/service-worker/service-worker.ts'),
    keepMaps(),
    precompress(),
  ],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: 'hidden',
    modulePreload: { polyfill: false },
    // One chunk for the first load: separate chunks compress worse, and each is a request.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': api } },
});
