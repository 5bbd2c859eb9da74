import type { ConfigReader } from '../architectures/config-reader';
import type { PrintedBy } from './module-node';

/** What transformers prints for the names of `ACT2FN`. */
const classes: Readonly<Record<string, string>> = {
  gelu: 'GELUActivation',
  gelu_10: 'ClippedGELUActivation',
  gelu_fast: 'FastGELUActivation',
  gelu_new: 'NewGELUActivation',
  gelu_python: 'GELUActivation',
  gelu_pytorch_tanh: 'GELUTanh',
  laplace: 'LaplaceActivation',
  leaky_relu: 'LeakyReLU',
  linear: 'LinearActivation',
  mish: 'MishActivation',
  quick_gelu: 'QuickGELUActivation',
  relu: 'ReLU',
  relu2: 'ReLUSquaredActivation',
  relu6: 'ReLU6',
  sigmoid: 'Sigmoid',
  silu: 'SiLUActivation',
  swish: 'SiLU',
  tanh: 'Tanh',
};
const before: Readonly<Record<string, string>> = { silu: 'SiLU', gelu_pytorch_tanh: 'PytorchGELUTanh' };

/** In the order of the refusal. */
const activationNames: readonly string[] = Object.keys(classes);

/**
 * The class of the activation that a config names.
 * @throws NextTokenError `unsupported-option`
 */
export function activationClass(
  config: ConfigReader,
  field: string,
  fallback: string,
  printedBy: PrintedBy,
): { readonly type: string; readonly arguments?: string } {
  const name = config.value(field) ?? fallback;
  const known = typeof name === 'string' && Object.hasOwn(classes, name) ? name : undefined;
  if (known === undefined) throw config.unsupported(field, activationNames.join(', '));
  const type = (printedBy === 'transformers-4.38' ? before[known] : undefined) ?? classes[known]!;
  return { type, ...(known === 'leaky_relu' && { arguments: 'negative_slope=0.01' }) };
}
