import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { exportDecoder } from '../export-decoder';
import { runDecoder } from '../testing/run-decoder';

interface Golden {
  readonly ids: GoldenArray;
  readonly hidden_states: readonly { readonly last: GoldenArray }[];
  readonly attention_last_row: GoldenArray;
}

const golden = hasShared
  ? readGolden<Golden>('forward/short.json')
  : { ids: [], hidden_states: [], attention_last_row: [] };
const ids = goldenIds(golden.ids);

describe.skipIf(!hasShared)('taps', () => {
  const opened = () => openCheckpointPath(sharedPath('data/models/stories260k'));

  test.each(['caller-cache', 'standard', 'standard-fused'] as const)(
    '%s: the residual stream',
    async (layout) => {
      const checkpoint = await opened();
      const taps = ['hook_embed', 'blocks.*.hook_resid_*', 'blocks.2.*_out', 'ln_final.hook_normalized'];
      const decoder = await runDecoder(checkpoint, { layout, taps });
      const { outputs } = await decoder.forward(ids);
      await decoder.release();
      await checkpoint.close();
      const last = (name: string) => outputs[name]!.subarray(-64);
      const close = (name: string, expected: ArrayLike<number>) => {
        const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        for (let i = 0; i < 64; i++)
          expect(Math.abs(last(name)[i]! - expected[i]!), name).toBeLessThan(1e-4 * largest);
      };
      const states = golden.hidden_states.map((state) => goldenFloats(state.last));
      close('hook_embed', states[0]!);
      for (let layer = 0; layer < 4; layer++) {
        close(`blocks.${layer}.hook_resid_pre`, states[layer]!);
        close(`blocks.${layer}.hook_resid_post`, states[layer + 1]!);
      }
      close('ln_final.hook_normalized', states[5]!);
      const sum = (a: string, b: string) => last(a).map((value, i) => value + last(b)[i]!);
      close('blocks.2.hook_resid_mid', sum('blocks.2.hook_resid_pre', 'blocks.2.hook_attn_out'));
      close('blocks.2.hook_resid_post', sum('blocks.2.hook_resid_mid', 'blocks.2.hook_mlp_out'));
    },
  );

  test('both layouts that have attention in parts agree in every head', async () => {
    const checkpoint = await opened();
    const heads = ['q', 'k', 'v', 'rot_q', 'rot_k', 'z'].map((name) => `blocks.3.attn.hook_${name}`);
    const taps = [...heads, 'blocks.3.attn.hook_pattern', 'blocks.3.mlp.*'];
    const [plain, fused] = [
      await runDecoder(checkpoint, { layout: 'standard', taps }),
      await runDecoder(checkpoint, { taps }),
    ];
    const [a, b] = [(await plain.forward(ids)).outputs, (await fused.forward(ids)).outputs];
    const names = [...heads, 'pre', 'pre_linear', 'post'].map((name) =>
      name.startsWith('blocks') ? name : `blocks.3.mlp.hook_${name}`,
    );
    for (const name of names) {
      expect(a[name]!.length).toBe(b[name]!.length);
      a[name]!.forEach((value, i) => {
        expect(Math.abs(value - b[name]![i]!), name).toBeLessThan(2e-4);
      });
    }
    const pattern = a['blocks.3.attn.hook_pattern']!;
    const expected = goldenFloats(golden.attention_last_row).subarray(3 * 8 * ids.length, 4 * 8 * ids.length);
    for (let head = 0; head < 8; head++)
      for (let key = 0; key < ids.length; key++) {
        const at = ((head + 1) * ids.length - 1) * ids.length + key;
        expect(Math.abs(pattern[at]! - expected[head * ids.length + key]!)).toBeLessThan(1e-4);
      }
    for (const decoder of [plain, fused]) await decoder.release();
    await checkpoint.close();
  });

  test('without taps the graph gives nothing more out', async () => {
    const checkpoint = await opened();
    const decoder = await runDecoder(checkpoint);
    const { outputs } = await decoder.forward(ids);
    expect(Object.keys(outputs).filter((name) => name.includes('hook'))).toEqual([]);
    expect(exportDecoder(checkpoint).graph.length).toBeLessThan(
      exportDecoder(checkpoint, { taps: ['blocks.*'] }).graph.length,
    );
    await decoder.release();
    await checkpoint.close();
  });

  test.each([
    ['blocks.9.hook_resid_post', 'blocks.4.hook_resid_post'],
    ['blocks.2.attn.hook_patern', 'blocks.4.attn.hook_pattern'],
    ['hook_pos_embed', 'hook_embed'],
    ['blocks.*.mlp.hook_postt', 'blocks.*.mlp.hook_post'],
  ])('%s is refused, %s is near', async (tap, near) => {
    const checkpoint = await opened();
    expect(() => exportDecoder(checkpoint, { taps: ['hook_embed', tap] })).toThrow(
      expect.objectContaining({
        code: 'unknown-tap',
        details: expect.objectContaining({ tap, near: expect.arrayContaining([near]) }),
      }),
    );
    await checkpoint.close();
  });

  test('one attention operator has no pattern to tap', async () => {
    const checkpoint = await opened();
    expect(() =>
      exportDecoder(checkpoint, { layout: 'standard-fused', taps: ['blocks.0.attn.hook_pattern'] }),
    ).toThrow(expect.objectContaining({ code: 'unknown-tap' }));
    expect(() => exportDecoder(checkpoint, { taps: 'hook_embed' as never })).toThrow(/taps/);
    await checkpoint.close();
  });
});
