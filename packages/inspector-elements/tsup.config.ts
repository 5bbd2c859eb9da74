import { defineConfig } from 'tsup';

const elements = [
  'token-stream',
  'distribution',
  'sampling-panel',
  'timeline',
  'beam-tree',
  'attention',
  'lens-grid',
  'module-tree',
  'compare',
  'tokens',
  'loader',
];

const entry = {
  index: 'src/index.ts',
  'sampling-settings': 'src/sampling-settings/index.ts',
  ...Object.fromEntries(elements.map((name) => [name, `src/${name}/nt-${name}.ts`])),
};

export default defineConfig([
  { entry, format: ['esm'], dts: true, clean: true, sourcemap: true, splitting: true },
  {
    // One file with everything in it, for pages without a bundler.
    entry: { 'nexttoken-elements': 'src/bundle.ts' },
    format: ['esm'],
    platform: 'browser',
    dts: false,
    clean: false,
    minify: true,
    sourcemap: true,
    noExternal: [/.*/],
    esbuildOptions: (options) => {
      options.conditions = ['@nexttoken/source', 'browser', 'production'];
    },
  },
]);
