export interface SizeBudget {
  /** A module of a user. */
  readonly code: string;
  /** The most bytes it may take, bundled with what it needs, minified and gzipped. */
  readonly bytes: number;
}

const whole = (name: string, bytes: number): SizeBudget => ({ code: `export * from '${name}';`, bytes });
const only = (names: string, name: string, bytes: number): SizeBudget => ({
  code: `export { ${names} } from '${name}';`,
  bytes,
});

export const sizeBudgets: readonly SizeBudget[] = [
  whole('@nexttoken/model', 2_000),
  whole('@nexttoken/model/session-calls', 2_000),
  whole('@nexttoken/numeric', 4_000),
  only('softmax', '@nexttoken/numeric', 1_000),
  whole('@nexttoken/sampling', 30_000),
  only('chain, temperature, topK, categorical', '@nexttoken/sampling', 2_500),
  whole('@nexttoken/generate', 52_000),
  only('generate', '@nexttoken/generate', 21_000),
  whole('@nexttoken/tokenizers', 50_000),
  only('characterTokenizer', '@nexttoken/tokenizers', 7_500),
  whole('@nexttoken/ngram', 40_000),
  whole('@nexttoken/checkpoint', 30_000),
  whole('@nexttoken/onnx-export', 40_000),
  whole('@nexttoken/hub', 20_000),
  whole('@nexttoken/inspector', 68_000),
  only('nextTokenTable', '@nexttoken/inspector', 6_000),
  whole('@nexttoken/backend-onnx-web', 30_000),
  whole('@nexttoken/load', 120_000),
];
