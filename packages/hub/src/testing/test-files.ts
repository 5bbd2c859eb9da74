import { noise } from './noise';

export const id = 'some/model';

export const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

export const files = {
  'config.json': text({ model_type: 'llama' }),
  'tokenizer.json': text({ version: '1.0' }),
  'model.safetensors': noise(20_000),
  'pytorch_model.bin': noise(3000, 2),
  'README.md': text('no'),
};
