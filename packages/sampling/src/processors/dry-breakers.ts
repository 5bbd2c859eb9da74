import { invalidParameter, type Tokenizer } from '@nexttoken/model';

const longestBreaker = 40;
const longestTail = 20;

const encoder = /* @__PURE__ */ new TextEncoder();

/** One character a byte, so that strings can be searched as bytes. */
const bytesAsString = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/**
 * The sequences of ids in which a text may occur in a row, however it falls into tokens: what `dry` takes as
 * `breakers`. A token that holds the text is a sequence by itself; a token that ends with a beginning of it
 * starts one, continued by the tokens of the rest (at most 20).
 *
 * @param tokenizer its `bytesOf` and `encode` are used
 * @param texts llama.cpp's default is `['\n', ':', '"', '*']`; each of 1 to 40 bytes
 * @throws NextTokenError `invalid-parameter`
 *
 * A text is cut between characters only. Cost: one search in every token of the vocabulary for each text.
 * Source: llama.cpp `get_overlapping_token_sequences`, after KoboldCpp (which cut a longer text off).
 */
export function dryBreakers(tokenizer: Tokenizer, texts: readonly string[]): number[][] {
  const sequences = new Map<string, number[]>();
  const add = (...sequence: number[]) => sequences.set(sequence.join(), sequence);
  const words = Array.from({ length: tokenizer.vocabSize }, (_, id) => {
    const bytes = tokenizer.bytesOf(id);
    return bytes === undefined ? '' : bytesAsString(bytes);
  });
  for (const text of texts) {
    const characters = typeof text === 'string' ? Array.from(text) : [];
    const bytes = encoder.encode(characters.join(''));
    if (bytes.length === 0 || bytes.length > longestBreaker) {
      throw invalidParameter('dryBreakers', 'texts', text, `strings of 1 to ${longestBreaker} bytes`);
    }
    const whole = bytesAsString(bytes);
    const beginnings = characters.slice(1).map((_, i) => {
      const tail = tokenizer.encode(characters.slice(i + 1).join(''), { addSpecialTokens: false }).ids;
      return { head: bytesAsString(encoder.encode(characters.slice(0, i + 1).join(''))), tail };
    });
    for (const [id, word] of words.entries()) {
      if (word.includes(whole)) add(id);
      else {
        for (const { head, tail } of beginnings) {
          if (word.endsWith(head)) add(id, ...tail.subarray(0, longestTail));
        }
      }
    }
  }
  return [...sequences.values()];
}
