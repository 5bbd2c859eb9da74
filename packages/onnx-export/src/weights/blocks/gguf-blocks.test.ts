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
