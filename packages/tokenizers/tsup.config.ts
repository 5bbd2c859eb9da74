import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    sentencepiece: 'src/sentencepiece/index.ts',
    sentences: 'src/sentences/index.ts',
    training: 'src/training/index.ts',
  },
  format: ['esm'],
  dts: true,
  clean: true,
  sourcemap: true,
  // Plain Node imports JSON only with an attribute that older bundlers do not know: it is inlined.
  noExternal: [/model_to_encoding\.json$/],
});
