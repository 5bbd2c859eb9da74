import type { TinyModelFileName, TinyModelName } from './types.js';

/*
 * Every address is written out, so that a bundler finds the files and copies them as assets.
 * `../models` is the same folder from src/ and from dist/.
 */
export const urls: Readonly<Record<TinyModelName, Readonly<Record<TinyModelFileName, URL>>>> = {
  tales: {
    'config.json': new URL('../models/tales/config.json', import.meta.url),
    'generation_config.json': new URL('../models/tales/generation_config.json', import.meta.url),
    'tokenizer.json': new URL('../models/tales/tokenizer.json', import.meta.url),
    'tokenizer_config.json': new URL('../models/tales/tokenizer_config.json', import.meta.url),
    'model.safetensors': new URL('../models/tales/model.safetensors', import.meta.url),
  },
  'tales-chat': {
    'config.json': new URL('../models/tales-chat/config.json', import.meta.url),
    'generation_config.json': new URL('../models/tales-chat/generation_config.json', import.meta.url),
    'tokenizer.json': new URL('../models/tales-chat/tokenizer.json', import.meta.url),
    'tokenizer_config.json': new URL('../models/tales-chat/tokenizer_config.json', import.meta.url),
    'model.safetensors': new URL('../models/tales-chat/model.safetensors', import.meta.url),
  },
};
