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
  'json-schema': { value: 'PATH', help: 'only JSON that this JSON schema allows' },
  regex: { value: 'PATTERN', help: 'only text that this pattern matches as a whole' },
  grammar: { value: 'PATH', help: 'only text of this grammar (GBNF, EBNF)' },
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
  beams: { value: 'N', help: 'texts that are followed at once; default 4' },
  groups: { value: 'N', help: 'groups of beams that search one after the other; default 1' },
  diversity: { value: 'X', help: 'what a token costs that an earlier group chose, in nats' },
  'length-penalty': { value: 'X', help: 'scores are divided by length ** X; default 1' },
  'early-stopping': { value: 'WHEN', help: 'false (default), true or never, see below' },
  return: { value: 'N', help: 'how many texts are returned; default all beams' },
  pruned: { value: 'N', help: 'pruned candidates shown beside each run; default 2' },
  system: { value: 'TEXT', help: 'a system message to begin with' },
  window: { value: 'N', help: 'tokens the model sees at once; default its context' },
  stride: { value: 'N', help: 'how far the window moves; default the window' },
  by: { value: 'UNIT', help: 'token (default), word, sentence or line' },
  worst: { value: 'N', help: 'list the N most surprising tokens' },
  against: { value: 'NAME', help: 'the second model, as --model' },
  'against-counts': { value: 'FILE', help: 'the n-grams of this text are the second model' },
  steps: { help: 'every step from the text to its tokens, merges included' },
  'against-chat': { help: 'the text is the answer to an empty chat for the second' },
  mix: { value: 'L', help: 'also score L times the first plus 1 - L times the second' },
  positions: { value: 'WHICH', help: 'last (default), all, or places, e.g. 0,3' },
  watch: { value: 'IDS', help: 'ids that every layer is asked about' },
  'raw-states': { help: 'leave the final norm out' },
  layer: { value: 'N', help: 'which layer, from 0' },
  head: { value: 'N', help: 'which head, from 0' },
  mass: { value: 'P', help: 'share of the attention that is listed; default 0.9' },
  'ignore-first': { help: 'leave the first position out, where idle heads look' },
  draw: { value: 'U', help: 'the luck: a number in [0, 1)' },
  draws: { value: 'N', help: 'how many tokens are drawn and counted; default 1000' },
  'no-model': { help: 'check the chain alone, without the model' },
  trace: { value: 'PATH', help: 'write the run with all its rows to a trace file' },
  tui: { help: 'step, see alternatives and branch, in the terminal' },
  tokens: { value: 'N', help: 'tokens that are decoded; default 64' },
  'prompt-tokens': { value: 'N', help: 'tokens that are read first; default 128' },
  rounds: { value: 'N', help: 'how often it is measured; default 3' },
  search: { value: 'TEXT', help: 'only modules whose path, type or tensor has it' },
  bars: { help: 'shares as bars, and what a token costs' },
  host: { value: 'NAME', help: 'where it listens; default 127.0.0.1: this machine alone' },
  port: { value: 'N', help: 'default 8080; 0: any free one' },
  'max-rows': { value: 'N', help: 'texts that are written at once; default 64' },
  'max-queue': { value: 'N', help: 'requests that may wait; default 256' },
  'cors-origin': { value: 'URL', help: 'web pages that may ask; may be given repeatedly', repeatable: true },
  json: { help: 'print one JSON object' },
  csv: { help: 'print a table as CSV' },
  help: { help: 'show the help of a command' },
  version: { help: 'print the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

export const promptFlags = ['prompt', 'prompt-file', 'ids', 'chat', 'no-special-tokens'] as const;
export const modelFlags = ['model', 'device', 'dtype', 'precision', 'offline'] as const;
/** What a text has to keep to. */
export const grammarFlags = ['json-schema', 'regex', 'grammar'] as const;
/** Flags that reshape a row. */
export const processorFlags = [
  'temperature',
  'top-k',
  'top-p',
  'min-p',
  'typical-p',
  'repetition-penalty',
] as const;
export const samplingFlags = ['greedy', ...processorFlags, 'seed'] as const;
