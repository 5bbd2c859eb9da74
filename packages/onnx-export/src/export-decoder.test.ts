import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Checkpoint } from '@nexttoken/checkpoint';
import { describe, expect, test } from 'vitest';
import { exportDecoder } from './export-decoder';
import { smallArchitecture } from './testing/small-architecture';

function checkpoint(headSize: number): Checkpoint {
  return {
    name: 'small',
    architecture: smallArchitecture(headSize),
  } as unknown as Checkpoint;
}

/** The parts of a message that have this field's number. */
function partsOf(message: Uint8Array, number: number): Uint8Array[] {
  const reader = new BinaryReader(message);
  const parts: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === number && type === WireType.LengthDelimited) parts.push(reader.bytes());
    else reader.skip(type);
  }
  return parts;
}

describe('exportDecoder', () => {
  test.each(['fp32', 'fp16', 'q8', 'q4', 'int8'] as const)('%s: every initializer is read', (dtype) => {
    const untied = { ...checkpoint(16), tensors: new Map(), metadata: {} } as unknown as Checkpoint;
    const [graph] = partsOf(exportDecoder(untied, { dtype }).graph, 7) as [Uint8Array];
    const names = (parts: readonly Uint8Array[], field: number) =>
      parts.flatMap((part) => partsOf(part, field).map((bytes) => new TextDecoder().decode(bytes)));
    const read = new Set(names(partsOf(graph, 1), 1));
    const initializers = names(partsOf(graph, 5), 8);
    expect(initializers.length).toBeGreaterThan(20);
    expect(initializers.filter((name) => !read.has(name))).toEqual([]);
  });

  test('offsets are columns in our own layout, a product in others, and what was asked for', () => {
    const named = (options: Parameters<typeof exportDecoder>[1]) => {
      const blocks = new Map([
        ['model.layers.0.mlp.down_proj.weight', { dtype: 'Q4_1', shape: [512, 512], source: 'test' }],
      ]);
      const { architecture, name } = checkpoint(16);
      const wide = { ...architecture, hiddenSize: 512, intermediateSize: 512 };
      const given = { name, architecture: wide, tensors: blocks, metadata: {} } as unknown as Checkpoint;
      const { matrices } = exportDecoder(given, { dtype: 'q4', ...options }).description;
      return Object.keys(matrices).filter((each) => /int4.*as stored/.test(each));
    };
    const [columns, product] = ['as stored, offsets in 16 bits', 'as stored'].map((origin) => [
      `int4 in blocks of 32, ${origin}, float32 activations`,
    ]);
    expect(named({})).toEqual(columns);
    expect(named({ offsets: 'product' })).toEqual(product);
    expect(named({ layout: 'standard' })).toEqual(product);
    expect(named({ layout: 'standard', offsets: 'columns' })).toEqual(columns);
    expect(() => named({ offsets: 'rows' as never })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });

  test('writes every tensor of the checkpoint once: embedding, 9 a layer, last norm, output layer', async () => {
    const hidden = 8;
    const sizes: Record<string, number> = {
      embed_tokens: 10 * hidden,
      lm_head: 10 * hidden,
      q_proj: hidden * hidden,
      k_proj: 4 * hidden,
      v_proj: 4 * hidden,
      o_proj: hidden * hidden,
      gate_proj: 8 * hidden,
      up_proj: 8 * hidden,
      down_proj: 8 * hidden,
    };
    const names: string[] = [];
    const read = async (name: string) => {
      names.push(name);
      const part = name.split('.').at(-2)!;
      return new Float32Array(part.includes('norm') ? hidden : sizes[part]!);
    };
    const { weights } = exportDecoder({ ...checkpoint(4), read } as unknown as Checkpoint);
    let end = 0;
    await weights.write(async (chunk, offset) => {
      expect(offset).toBeGreaterThanOrEqual(end);
      end = offset + chunk.byteLength;
    });
    expect(names.length).toBe(1 + 2 * 9 + 1 + 1);
    expect(new Set(names).size).toBe(names.length);
    expect(end).toBe(weights.byteLength);
  });

  test('an unknown dtype or layout is refused by name', () => {
    expect(() => exportDecoder(checkpoint(4), { dtype: 'int3' as 'fp32' })).toThrow(/dtype/);
    expect(() => exportDecoder(checkpoint(4), { layout: 'other' as 'standard' })).toThrow(/layout/);
  });

  test('the fused layout refuses head sizes that its attention operator cannot take', () => {
    expect(() => exportDecoder(checkpoint(4), { layout: 'standard-fused' })).toThrow(
      expect.objectContaining({ code: 'unsupported-option' }),
    );
    expect(exportDecoder(checkpoint(16), { layout: 'standard-fused' }).graph.length).toBeGreaterThan(1000);
  });

  test('the standard layout uses the standard’s operators only', () => {
    const text = (layout: 'standard' | 'caller-cache') =>
      new TextDecoder('latin1').decode(exportDecoder(checkpoint(8), { layout }).graph);
    expect(text('caller-cache')).toContain('com.microsoft');
    expect(text('standard')).not.toMatch(/com\.microsoft|SimplifiedLayerNormalization/);
  });
});
