import { NextTokenError, type Tokenizer } from '@nexttoken/model';

/**
 * A tokenizer of bytes and of some longer pieces: ids 0 to 255 are the bytes, then the pieces, then `<end>`, which is
 * special. It encodes with the longest piece that fits.
 */
export function byteTokenizer(
  pieces: readonly (string | Uint8Array)[] = [],
): Tokenizer & { readonly end: number } {
  const encoder = new TextEncoder();
  const bytes = [
    ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    ...pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece)),
  ];
  const end = bytes.length;
  const key = (value: Uint8Array): string => String.fromCharCode(...value);
  const longest = [...bytes.keys()].sort((a, b) => bytes[b]!.length - bytes[a]!.length);
  return {
    end,
    kind: 'bytes',
    vocabSize: end + 1,
    specialTokens: { eos: end },
    encode(text) {
      const ids: number[] = [];
      for (let rest = key(encoder.encode(text)); rest !== ''; ) {
        const id = longest.find((candidate) => rest.startsWith(key(bytes[candidate]!)))!;
        ids.push(id);
        rest = rest.slice(bytes[id]!.length);
      }
      return { ids: Int32Array.from(ids), tokens: ids.map((id) => key(bytes[id]!)) };
    },
    decode: (ids) =>
      new TextDecoder().decode(Uint8Array.from(Array.from(ids).flatMap((id) => [...(bytes[id] ?? [])]))),
    tokenOf: (id) => (id === end ? '<end>' : bytes[id] && key(bytes[id])),
    idOf: () => undefined,
    bytesOf: (id) => (id === end ? encoder.encode('<end>') : bytes[id]),
    isSpecial: (id) => id === end,
    createStreamDecoder({ skipSpecialTokens = false } = {}) {
      const utf8 = new TextDecoder();
      return {
        push(id) {
          if (id === end) return skipSpecialTokens ? '' : '<end>';
          const value = bytes[id];
          if (!value) throw new NextTokenError('invalid-token-id', `id ${id}`, { id, vocabSize: end + 1 });
          return utf8.decode(value, { stream: true });
        },
        flush: () => utf8.decode(),
      };
    },
  };
}
