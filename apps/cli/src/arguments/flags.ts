/** One flag of the command line. */
export interface Flag {
  /** What stands for the value in the help; absent: the flag takes none. */
  readonly value?: string;
  readonly help: string;
  /** Whether it may be given more than once. */
  readonly repeatable?: true;
}

/** Every flag, by name. A command lists the names that it takes. */
export const flags = {
  prompt: { value: 'TEXT', help: 'the text; or the first argument, or standard input' },
  'prompt-file': { value: 'PATH', help: 'the text from a file; - is standard input' },
  ids: { value: 'IDS', help: 'token ids instead of a text, e.g. 1,403,407' },
  chat: { help: 'ask as a user, through the chat template' },
  'no-special-tokens': { help: 'add no special tokens, such as a leading <s>' },
  model: {
    value: 'NAME',
    help: 'tales (default), a folder, a file or a hub id',
  },
  device: { value: 'NAME', help: 'where it runs: auto (default), cpu' },
  dtype: { value: 'NAME', help: 'number format of the weights: auto (default), fp32, …' },
  offline: { help: 'promise that nothing is downloaded' },
  top: { value: 'N', help: 'how many candidates; default 10' },
  greedy: { help: 'take the most probable token (default, see below)' },
  'max-new-tokens': { value: 'N', help: 'how many tokens at most; default 64' },
  temperature: { value: 'T', help: 'sample from softmax(logits / T); T > 0' },
  'top-k': { value: 'K', help: 'sample among the K most probable' },
  'top-p': { value: 'P', help: 'sample among the top ones that hold P of the mass' },
  'min-p': { value: 'P', help: 'sample among those with at least P times the best' },
  'typical-p': { value: 'P', help: 'sample among the typical that hold P of the mass' },
  'repetition-penalty': { value: 'R', help: 'make tokens already seen less likely; 1: neutral' },
  seed: { value: 'N', help: 'seed of the sampling; else drawn and printed' },
  stop: { value: 'TEXT', help: 'end before this text; may be given repeatedly', repeatable: true },
  output: { value: 'PATH', help: 'where the index is saved' },
  order: { value: 'N', help: 'longest n-grams that count; default: any length' },
  cutoff: { value: 'N', help: 'words seen fewer times become <unk>; default 1' },
  'sentence-ends': { value: 'WORDS', help: 'words that end a sentence, e.g. ". ! ?"' },
  workers: { value: 'N', help: 'sort in so many threads; default 1' },
  smoothing: { value: 'NAME', help: 'kneser-ney (default) and others, see below' },
  format: { value: 'NAME', help: 'onnx (default) or safetensors' },
  out: { value: 'PATH', help: 'the new folder' },
  precision: { value: 'NAME', help: 'q8, q4: exact (default) or fast' },
  overwrite: { help: 'replace a folder that is there already' },
  plain: { help: 'as PyTorch prints it, without numbers' },
  'printed-by': { value: 'NAME', help: 'transformers-5 (default), -4.57 or -4.38' },
  debug: { help: 'show every prefix that is tried' },
  json: { help: 'print one JSON object' },
  help: { help: 'show the help of a command' },
  version: { help: 'print the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

export const promptFlags = ['prompt', 'prompt-file', 'ids', 'chat', 'no-special-tokens'] as const;
export const modelFlags = ['model', 'device', 'dtype', 'precision', 'offline'] as const;
export const samplingFlags = [
  'greedy',
  'temperature',
  'top-k',
  'top-p',
  'min-p',
  'typical-p',
  'repetition-penalty',
  'seed',
] as const;
