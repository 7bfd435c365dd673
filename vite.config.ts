import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: the same files serve Electron (app://) and the browser (loopback server), hence the relative base. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0, // fonts and wasm stay files: the content-security policy forbids data: fonts
    chunkSizeWarningLimit: 2500, // plotly is 1.5 MB by itself
  },
});
