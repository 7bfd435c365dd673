import { existsSync } from 'node:fs';
import { defineConfig } from 'vite';

/** What runs in Node: command line, its workers, the page server and Electron's main process. Dependencies stay external. */
const entries = {
  cli: 'src/node/cli.ts',
  'pipeline-worker': 'src/node/pipeline-worker.ts',
  'page-server': 'src/node/page-server.ts',
  'generate-sample-data': 'scripts/sample-data/generate.ts',
  bench: 'test/bench/main.ts',
  fuzz: 'test/fuzz/main.ts',
  'electron-main': 'electron/main.ts',
};

export default defineConfig({
  build: {
    outDir: 'dist/node',
    // a process that runs while another builds keeps its chunks; old ones are swept by scripts/ensure.mjs
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    sourcemap: false,
    ssr: true,
    rollupOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      external: ['electron'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
