import type { TensorTable } from './tensor-table';

const layerTensor = /^blk\.(0|[1-9]\d{0,8})\.([a-z_]+)\.(weight|bias)$/;
const wholeTensor = /^([a-z_]+)\.(weight|bias)$/;

/** Hugging Face's name of a GGUF tensor, e.g. `blk.0.attn_q.weight` → `model.layers.0.self_attn.q_proj.weight`. */
export function ggufNames(table: TensorTable): (name: string) => string | undefined {
  const whole = new Map([...table.before, ...table.after].map(({ gguf, name }) => [gguf, name]));
  const perLayer = new Map(table.layer.map(({ gguf, name }) => [gguf, name]));
  return (name) => {
    const layer = layerTensor.exec(name);
    if (layer) {
      const module = perLayer.get(layer[2]!);
      return module && `${table.layers}.${layer[1]}.${module}.${layer[3]}`;
    }
    const match = wholeTensor.exec(name);
    const module = match && whole.get(match[1]!);
    return module ? `${module}.${match[2]}` : undefined;
  };
}

/** The module that a GGUF tensor belongs to, without layer and kind: `blk.0.attn_q.weight` → `attn_q`. */
export function ggufModule(name: string): string {
  return layerTensor.exec(name)?.[2] ?? wholeTensor.exec(name)?.[1] ?? name;
}
