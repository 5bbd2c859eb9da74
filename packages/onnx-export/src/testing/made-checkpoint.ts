import { readFileSync } from 'node:fs';
import { bytesSource, type Checkpoint, openSafetensors } from '@nexttoken/checkpoint';
import type { ForwardGolden } from './forward-golden';

/** A tiny model and what Hugging Face computes with it; see testdata/make-forward-answers.py. */
export interface MadeCase {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** What the weights of norms lie around. */
  readonly center: number;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly answers: readonly (ForwardGolden & { readonly mode: 'whole' | 'steps' })[];
}

const file = new URL('../../testdata/forward-answers.json', import.meta.url);
export const madeCases = (JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly MadeCase[] })
  .cases;

/** The model of a case as a folder with safetensors, in memory. */
export function openMade({ name, config, shapes, center }: MadeCase): Promise<Checkpoint> {
  const header: Record<string, unknown> = {};
  const chunks: Uint8Array[] = [];
  let offset = 0;
  // Names without what they begin with have the values of the whole names.
  const bare = 'embed_tokens.weight' in shapes;
  for (const [tensor, shape] of Object.entries(shapes)) {
    const values = weightValues(
      bare && tensor !== 'lm_head.weight' ? `model.${tensor}` : tensor,
      shape,
      center,
    );
    header[tensor] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    chunks.push(new Uint8Array(values.buffer));
    offset += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const bytes = Buffer.concat([length, text, ...chunks]);
  return openSafetensors({
    config,
    name,
    sources: [bytesSource(new Uint8Array(bytes), 'model.safetensors')],
  });
}

/** The values of a tensor, from its name and the places in it alone: as `weight_values` of the script makes them. */
function weightValues(name: string, shape: readonly number[], center: number): Float32Array {
  let seed = 2166136261;
  for (const byte of Buffer.from(name)) seed = Math.imul(seed ^ byte, 16777619);
  const mix = (index: number) => {
    let z = (Math.imul(index, 0x9e3779b9) + seed) | 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 31 - 1;
  };
  const scaled = (uniform: number) => {
    if (name.endsWith('.bias')) return 0.3 * uniform;
    if (shape.length === 1) return center + 0.4 * uniform;
    return (2.4 * uniform) / Math.sqrt(shape.at(-1)!);
  };
  const length = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length }, (_, index) => scaled(mix(index)));
}
