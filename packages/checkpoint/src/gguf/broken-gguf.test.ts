import { expect, test } from 'vitest';
import { bytesSource } from '../source/bytes-source';
import { caught } from '../testing/caught';
import { tinyGguf, tinyGgufFile, tinyMetadata } from '../testing/tiny-llama';
import type { GgufFile, GgufValue } from '../testing/write-gguf';
import { openGguf } from './open-gguf';

const refused = (bytes: Uint8Array) => caught(openGguf(bytesSource(bytes, 'tiny.gguf')));
const metadata = (changes: Record<string, GgufValue>) =>
  tinyGguf({ metadata: { ...tinyMetadata, ...changes } });

function withTensor(name: string, change: Partial<GgufFile['tensors'][number]>): Uint8Array {
  const tensors = tinyGgufFile().tensors.map((each) => (each.name === name ? { ...each, ...change } : each));
  return tinyGguf({ tensors });
}

/** The file with `count` bytes replaced at `offset`. */
function patched(offset: number, bytes: readonly number[]): Uint8Array {
  const file = tinyGguf();
  file.set(bytes, offset);
  return file;
}

/** The file with the 64-bit length before a text replaced. */
function withLength(text: string, length: bigint): Uint8Array {
  const file = tinyGguf();
  const at = Buffer.from(file.buffer).indexOf(text);
  new DataView(file.buffer).setBigUint64(at - 8, length, true);
  return file;
}

const norm = 'output_norm.weight';
const huge = 2n ** 40n;

test.each<[what: string, bytes: Uint8Array, message: RegExp]>([
  ['no bytes', new Uint8Array(0), /truncated/],
  ['another format', patched(0, [0x50, 0x4b, 3, 4]), /zip archive/],
  ['another magic', patched(0, [1, 2, 3, 4]), /does not start with "GGUF"/],
  ['big-endian', patched(4, [0, 0, 0, 3]), /big-endian/],
  ['version 0', patched(4, [0, 0, 0, 0]), /unknown version 0/],
  ['version 4', patched(4, [4, 0, 0, 0]), /unknown version 4/],
  ['a lying tensor count', tinyGguf({ tensorCount: huge }), /number of tensors is 1099511627776/],
  ['a lying tensor count of 64 bits', tinyGguf({ tensorCount: 2n ** 64n - 1n }), /number of tensors/],
  ['a lying key-value count', tinyGguf({ valueCount: huge }), /number of key-values/],
  ['a lying key length', withLength('general.architecture', huge), /length of a key/],
  ['a lying name length', withLength('token_embd.weight', huge), /length of a tensor name/],
  ['an unknown value type', metadata({ x: ['complex', 0] }), /unknown type 99/],
  ['an array of arrays', metadata({ x: ['array[]', [0]] }), /array of arrays/],
  ['an alignment of 0', metadata({ 'general.alignment': ['uint32', 0] }), /alignment is 0/],
  ['an alignment in words', metadata({ 'general.alignment': ['string', 'wide'] }), /alignment is wide/],
  ['a boolean of 2', metadata({ x: ['bool', 2] }), /boolean is stored as 2/],
  ['five dimensions', withTensor(norm, { shape: [1, 1, 1, 1, 8] }), /5 dimensions/],
  ['too many values', withTensor(norm, { shape: [2 ** 30, 2 ** 30] }), /too many values/],
  ['more values than bytes', withTensor(norm, { shape: [2 ** 20, 2 ** 30] }), /overlaps|missing/],
  ['more bytes than numbers', withTensor(norm, { shape: [2 ** 22, 2 ** 30] }), /too many values/],
  ['half a block', withTensor(norm, { type: 8 }), /no whole blocks of Q8_0/],
  ['an offset off the grid', withTensor(norm, { offset: 4 }), /not aligned/],
  ['an overlap', withTensor(norm, { offset: 0 }), /overlaps/],
  ['two of a name', withTensor(norm, { name: 'blk.0.ffn_norm.weight' }), /there twice/],
])('%s', async (_, bytes, message) => {
  const error = await refused(bytes);
  expect(error.code).toBe('invalid-file');
  expect(error.message).toMatch(message);
  expect(error.details.path).toBe('tiny.gguf');
});

test('truncated: names path, tensor and missing bytes', async () => {
  const whole = tinyGguf();
  const error = await refused(whole.subarray(0, whole.length - 200));
  expect(error.details).toMatchObject({ path: 'tiny.gguf', tensor: norm, missing: 200 });
  const inHeader = await refused(whole.subarray(0, 300));
  expect(inHeader.code).toBe('invalid-file');
  expect(inHeader.message).toMatch(/truncated/);
});

test('a key that is there twice', async () => {
  const file = tinyGguf({ metadata: { ...tinyMetadata, 'a.b': ['uint8', 1], 'a.c': ['uint8', 1] } });
  const at = Buffer.from(file.buffer).indexOf('a.c\0');
  file[at + 2] = 'b'.charCodeAt(0);
  expect((await refused(file)).message).toMatch(/a\.b is there twice/);
});

test('a header longer than the first read is read on', async () => {
  const tokens = Array.from({ length: 60_000 }, (_, i) => `token ${i}`);
  const file = metadata({ 'tokenizer.ggml.tokens': ['string[]', tokens] });
  const checkpoint = await openGguf(bytesSource(file, 'tiny.gguf'));
  expect(checkpoint.metadata['tokenizer.ggml.tokens']).toEqual(tokens);
});
