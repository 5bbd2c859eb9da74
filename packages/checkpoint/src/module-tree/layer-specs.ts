import type { PrintedBy } from './module-node';
import type { ModuleSpec } from './module-spec';
import { pythonNumber } from './python-number';

const pythonBoolean = (value: boolean) => (value ? 'True' : 'False');

/** `y = x·Wᵀ (+ b)` with W of shape `[outputs, inputs]`. */
export function linearSpec(inputs: number, outputs: number, bias = false): ModuleSpec {
  return {
    type: 'Linear',
    arguments: `in_features=${inputs}, out_features=${outputs}, bias=${pythonBoolean(bias)}`,
    tensors: { weight: [outputs, inputs], ...(bias && { bias: [outputs] }) },
    linear: { inputs, outputs, bias },
  };
}

/** GPT-2's linear layer, with W of shape `[inputs, outputs]`. */
export function conv1dSpec(inputs: number, outputs: number, printedBy: PrintedBy): ModuleSpec {
  return {
    type: 'Conv1D',
    arguments: printedBy === 'transformers-4.38' ? '' : `nf=${outputs}, nx=${inputs}`,
    tensors: { weight: [inputs, outputs], bias: [outputs] },
  };
}

/** @param padding the id whose row is zero; a negative one counts from the end */
export function embeddingSpec(rows: number, width: number, padding?: number, type = 'Embedding'): ModuleSpec {
  const index = padding !== undefined && padding < 0 ? padding + rows : padding;
  const shown = index === undefined ? '' : `, padding_idx=${index}`;
  return { type, arguments: `${rows}, ${width}${shown}`, tensors: { weight: [rows, width] } };
}

export function layerNormSpec(width: number, epsilon: number, printedBy: PrintedBy): ModuleSpec {
  const bias = printedBy === 'transformers-5' ? ', bias=True' : '';
  return {
    type: 'LayerNorm',
    arguments: `(${width},), eps=${pythonNumber(epsilon)}, elementwise_affine=True${bias}`,
    tensors: { weight: [width], bias: [width] },
  };
}

export function rmsNormSpec(type: string, width: number, epsilon: number, printedBy: PrintedBy): ModuleSpec {
  const shown = printedBy === 'transformers-4.38' ? '' : `(${width},), eps=${pythonNumber(epsilon)}`;
  return { type, arguments: shown, tensors: { weight: [width] } };
}

export function dropoutSpec(probability: number): ModuleSpec {
  return { type: 'Dropout', arguments: `p=${pythonNumber(probability)}, inplace=False` };
}

export function repeatedSpec(spec: ModuleSpec, count: number): ModuleSpec {
  return { type: 'ModuleList', repeated: { spec, count } };
}
