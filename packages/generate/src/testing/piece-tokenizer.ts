import { NextTokenError, type Tokenizer } from '@nexttoken/model';

export interface PieceTokenizerOptions {
  /** Pieces that are special tokens. */
  readonly special?: readonly string[];
  readonly bos?: number;
  readonly eos?: number;
  /** Whether the very first space of a text is dropped, as tokenizers of the Llama kind do. */
  readonly dropFirstSpace?: boolean;
}

/**
 * A tokenizer whose vocabulary is a list of byte strings or texts; id = index. It encodes with the longest
 * piece that fits, and decodes bytes as UTF-8, half characters held back while streaming.
 */
export function createPieceTokenizer(
  pieces: readonly (string | Uint8Array)[],
  options: PieceTokenizerOptions = {},
): Tokenizer {
  const { special = [], bos, eos, dropFirstSpace = false } = options;
  const encoder = new TextEncoder();
  const latin = new TextDecoder('latin1');
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  const names = pieces.map((piece) => (typeof piece === 'string' ? piece : latin.decode(piece)));
  const bytesOf = (id: number): Uint8Array => {
    const known = bytes[id];
    if (known) return known;
    throw new NextTokenError('invalid-token-id', `id ${id}`, { id, vocabSize: bytes.length });
  };
  const isSpecial = (id: number): boolean => special.includes(names[id] ?? '');

  const tokenizer: Tokenizer = {
    kind: 'pieces',
    vocabSize: pieces.length,
    specialTokens: { ...(bos !== undefined && { bos }), ...(eos !== undefined && { eos }) },
    encode(text, { addSpecialTokens = true } = {}) {
      const ids: number[] = addSpecialTokens && bos !== undefined ? [bos] : [];
      for (let rest = dropFirstSpace ? ` ${text}` : text; rest !== ''; ) {
        const fitting = names.filter((name) => name !== '' && rest.startsWith(name));
        const longest = fitting.sort((a, b) => b.length - a.length)[0];
        if (longest === undefined)
          throw new NextTokenError('encode-failed', `no piece for ${rest}`, { text: rest });
        ids.push(names.indexOf(longest));
        rest = rest.slice(longest.length);
      }
      return { ids: Int32Array.from(ids), tokens: ids.map((id) => names[id]!) };
    },
    decode(ids, settings) {
      const decoder = tokenizer.createStreamDecoder(settings);
      return Array.from(ids, (id) => decoder.push(id)).join('') + decoder.flush();
    },
    tokenOf: (id) => names[id],
    idOf: (token) => (names.includes(token) ? names.indexOf(token) : undefined),
    bytesOf: (id) => bytes[id],
    isSpecial,
    createStreamDecoder({ skipSpecialTokens = false } = {}) {
      let utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
      let first = dropFirstSpace;
      const trim = (text: string): string => {
        if (!first || text === '') return text;
        first = false;
        return text.replace(/^ /, '');
      };
      return {
        push: (id) =>
          skipSpecialTokens && isSpecial(id) ? '' : trim(utf8.decode(bytesOf(id), { stream: true })),
        flush() {
          const rest = trim(utf8.decode());
          utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
          first = dropFirstSpace;
          return rest;
        },
      };
    },
  };
  return tokenizer;
}
