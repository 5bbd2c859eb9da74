import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ggufBlocks, unpackGguf } from './gguf-blocks';

test.each(['Q4_1', 'Q8_0'])(
  '%s reads the same all at once as block by block, wherever the bytes begin',
  (name) => {
    const format = ggufBlocks.get(name)!;
    expect(format.unpackAll).toBeDefined();
    const blocks = fc.integer({ min: 1, max: 9 });
    const length = 9 * format.bytes;
    fc.assert(
      fc.property(blocks, fc.uint8Array({ minLength: length, maxLength: length }), (count, bytes) => {
        const moved = new Uint8Array(count * format.bytes + 1).subarray(1);
        moved.set(bytes.subarray(0, moved.length));
        const aligned = moved.slice();
        expect([aligned.byteOffset % 4, moved.byteOffset % 4]).toEqual([0, 1]);
        expect(unpackGguf(format, aligned)).toEqual(unpackGguf(format, moved));
      }),
    );
  },
);

test.each([...ggufBlocks])('%s: room behind each row changes nothing else', (_name, format) => {
  const bytes = Uint8Array.from({ length: 6 * format.bytes }, (_, index) => (index * 37) % 251);
  const rowBlocks = (3 * format.values) / format.blockSize;
  const [plain, roomy] = [unpackGguf(format, bytes), unpackGguf(format, bytes, { rowBlocks, further: 2 })];
  const blockBytes = (format.blockSize * format.bits) / 8;
  const without = <Data extends Uint8Array | Float32Array>(data: Data, size: number) => [
    ...data.subarray(0, rowBlocks * size),
    ...data.subarray((rowBlocks + 2) * size, (2 * rowBlocks + 2) * size),
  ];
  expect(without(roomy.codes, blockBytes)).toEqual([...plain.codes]);
  expect(without(roomy.scales, 1)).toEqual([...plain.scales]);
  if (format.offsets) expect(without(roomy.offsets!, 1)).toEqual([...plain.offsets!]);
  expect(roomy.scales.length).toBe(2 * rowBlocks + 4);
});
