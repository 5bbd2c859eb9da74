/** The names of the models in this package. */
export type TinyModelName = 'tales' | 'tales-chat';

/** The files of each model: the layout of a Hugging Face folder. */
export type TinyModelFileName =
  | 'config.json'
  | 'generation_config.json'
  | 'tokenizer.json'
  | 'tokenizer_config.json'
  | 'model.safetensors';

/** Size and SHA-256 (lower-case hexadecimal) of one file. */
export interface TinyModelFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** What there is to know about a model before it is loaded. */
export interface TinyModel {
  readonly name: TinyModelName;
  /** One sentence on what the model is. */
  readonly description: string;
  /** `true` if it was tuned on ChatML conversations. */
  readonly chat: boolean;
  /** Number of weights; the tied input and output embedding counts once. */
  readonly parameters: number;
  /** Number of tokens, the special ones included. */
  readonly vocabularySize: number;
  /** Largest number of tokens, prompt included. */
  readonly contextLength: number;
  /** How the weights are stored. */
  readonly dtype: 'float16';
  /** SPDX identifier of the licence of the weights. */
  readonly licence: string;
  readonly files: Readonly<Record<TinyModelFileName, TinyModelFile>>;
}
