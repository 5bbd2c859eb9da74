import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createUtf8Reader } from './utf8-reader';

const byte = fc.oneof(
  fc.nat(255),
  fc.constantFrom(0x20, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xbb, 0xf0, 0x9f, 0x98, 0xf4, 0x8f),
);

describe('createUtf8Reader', () => {
  test('gives what decoding all at once gives, however the bytes are cut', () => {
    const whole = new TextDecoder('utf-8', { ignoreBOM: true });
    const property = fc.property(fc.array(fc.array(byte, { maxLength: 5 }), { maxLength: 12 }), (parts) => {
      const reader = createUtf8Reader();
      const text = parts.map((part) => reader.push(Uint8Array.from(part))).join('') + reader.flush();
      expect(text).toBe(whole.decode(Uint8Array.from(parts.flat())));
    });
    fc.assert(property, { numRuns: 3000 });
  });

  test('holds an incomplete character back, and only that', () => {
    const reader = createUtf8Reader();
    expect(reader.push(Uint8Array.of(0x61, 0xf0, 0x9f))).toBe('a');
    expect(reader.push(Uint8Array.of(0x98))).toBe('');
    expect(reader.push(Uint8Array.of(0x80, 0xe2))).toBe('😀');
    expect(reader.flush()).toBe('\uFFFD');
    expect(reader.flush()).toBe('');
  });

  test('lets broken bytes go at once', () => {
    const reader = createUtf8Reader();
    expect(reader.push(Uint8Array.of(0xc0))).toBe('\uFFFD');
    expect(reader.push(Uint8Array.of(0xed, 0xa0))).toBe('\uFFFD\uFFFD');
  });
});
