import type { Activation } from './architecture';
import type { ConfigReader } from './config-reader';

/** Hugging Face's names. */
const activations = {
  silu: 'silu',
  swish: 'silu',
  gelu: 'gelu',
  gelu_new: 'gelu-tanh',
  gelu_fast: 'gelu-tanh',
  gelu_pytorch_tanh: 'gelu-tanh',
  relu: 'relu',
} as const satisfies Readonly<Record<string, Activation>>;

const names = Object.keys(activations) as (keyof typeof activations)[];

/** The activation that a config names. @throws NextTokenError `unsupported-option` with the name and those known */
export function activationFromConfig(
  config: ConfigReader,
  field: string,
  fallback: keyof typeof activations,
): Activation {
  return activations[config.oneOf(field, names, fallback)];
}
