import type { ConfigReader } from '../architectures/config-reader';
import { configReader } from '../architectures/config-reader';

/** How a folder's linear layers are quantized, as its config says. */
export type Quantization =
  | { readonly method: 'awq'; readonly bits: 4; readonly groupSize: number }
  | {
      readonly method: 'gptq';
      readonly bits: 2 | 4 | 8;
      /** Inputs per scale; `undefined`: one scale for all. */
      readonly groupSize: number | undefined;
      /** What is added to a stored zero point: 1 in the first format, 0 in `gptq_v2`. */
      readonly zeroOffset: 0 | 1;
    }
  | {
      readonly method: 'fp8';
      /** Outputs and inputs per scale; `undefined`: one for a tensor or one for an output. */
      readonly block: readonly [outputs: number, inputs: number] | undefined;
    };

/**
 * Reads `quantization_config`. Quantized activations (fp8) are not reproduced: only weights are read.
 * @returns `undefined` where the config has none
 * @throws NextTokenError `unsupported-option` for another method, bit width or packing; `invalid-config`
 */
export function readQuantization(config: ConfigReader): Quantization | undefined {
  const found = config.value('quantization_config');
  if (found === undefined) return undefined;
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw config.invalid('quantization_config', 'an object or null');
  }
  const inner = configReader({ ...found }, `${config.path}: quantization_config`);
  switch (inner.value('quant_method')) {
    case 'awq':
      return readAwq(inner);
    case 'gptq':
      return readGptq(inner);
    case 'fp8':
      return { method: 'fp8', block: readBlock(inner) };
    default:
      throw inner.unsupported('quant_method', 'awq, gptq, fp8');
  }
}

function readAwq(config: ConfigReader): Quantization {
  const version = config.value('version') ?? config.value('format') ?? 'gemm';
  if (String(version).toLowerCase() !== 'gemm') throw config.unsupported('version', 'gemm');
  const bits = config.value('bits') ?? config.value('w_bit') ?? 4;
  if (bits !== 4) throw config.unsupported('bits', '4');
  if (!config.boolean('zero_point', true)) throw config.unsupported('zero_point', 'true');
  const field = config.value('q_group_size') === undefined ? 'group_size' : 'q_group_size';
  return { method: 'awq', bits, groupSize: config.positiveInteger(field, 128) };
}

function readGptq(config: ConfigReader): Quantization {
  const bits = config.value('bits') ?? 4;
  if (bits !== 2 && bits !== 4 && bits !== 8) throw config.unsupported('bits', '2, 4, 8');
  const format = config.value('checkpoint_format') ?? config.value('format') ?? 'gptq';
  if (format !== 'gptq' && format !== 'gptq_v2')
    throw config.unsupported('checkpoint_format', 'gptq, gptq_v2');
  const groupSize = config.value('group_size') === -1 ? undefined : config.positiveInteger('group_size', 128);
  return { method: 'gptq', bits, groupSize, zeroOffset: format === 'gptq' ? 1 : 0 };
}

function readBlock(config: ConfigReader): readonly [number, number] | undefined {
  const found = config.value('weight_block_size');
  if (found === undefined) return undefined;
  const legal = (size: unknown): size is number => Number.isInteger(size) && Number(size) >= 1;
  const [outputs, inputs, ...more] = Array.isArray(found) ? (found as unknown[]) : [];
  if (!legal(outputs) || !legal(inputs) || more.length > 0) {
    throw config.invalid('weight_block_size', 'two integers of at least 1, or null');
  }
  return [outputs, inputs];
}
