import type { Tokenizer } from '@nexttoken/model';
import { utf8Length } from '../bytes/utf8';
import { byteLevelPlan } from '../decoding/byte-level-plan';
import { alignTokens } from '../offsets/align-tokens';
import { assembleTokenizer } from '../tokenizer/assemble-tokenizer';
import { createAddedTokenSplitter } from '../tokenizer-json/added-token-splitter';
import { encodingOf, loadEncoding, type TiktokenEncoding } from './encoding-names';
import { createRankEncoder } from './rank-encoder';
import { readRanks } from './read-ranks';

export interface TiktokenOptions {
  /**
   * Whether the name of a special token within a text, e.g. `<|endoftext|>`, is that token. Default false: it is
   * ordinary text, so that no user's text can end a document.
   */
  readonly specialTokensInText?: boolean;
}

/**
 * Makes a tokenizer of OpenAI's encodings, by the encoding's name or a model's: `cl100k_base`, `gpt-4o`.
 *
 * The rank table (0.5 to 2.3 MB) is loaded on the call, and only the one asked for. Encoding is our own, in
 * JavaScript: there is no WebAssembly to set up and none to free. Tokens are spelled in the byte-level alphabet
 * (`Ġhello`), as vocabularies converted for Hugging Face spell them. `addSpecialTokens` adds nothing: these
 * encodings put nothing around a text. Offsets are always present.
 *
 * @throws NextTokenError `invalid-parameter` for an unknown name
 * Source: https://github.com/openai/tiktoken, tables from the npm package `tiktoken`.
 * Cost: 0.1 to 0.5 s to make; encoding O(n log n) in the longest word.
 */
export async function tiktokenTokenizer(
  name: TiktokenEncoding | (string & {}),
  { specialTokensInText = false }: TiktokenOptions = {},
): Promise<Tokenizer> {
  const data = await loadEncoding(encodingOf(name));
  const tokens = readRanks(data.bpe_ranks);
  const idOf = new Map<string, number>();
  tokens.forEach((token, id) => {
    if (token !== undefined) idOf.set(token, id);
  });
  const encodeText = createRankEncoder(tokens.slice(), new Map(idOf), data.pat_str);
  const special = Object.entries(data.special_tokens);
  for (const [token, id] of special) {
    tokens[id] = token;
    idOf.set(token, id);
  }
  const sections = createAddedTokenSplitter(
    specialTokensInText ? special.map(([content, id]) => ({ ...plain, content, id })) : [],
    (content) => content,
  );
  const end = data.special_tokens['<|endoftext|>'];
  return assembleTokenizer({
    kind: 'tiktoken',
    tokens,
    idOf,
    specialIds: new Set(special.map(([, id]) => id)),
    specialTokens: end === undefined ? {} : { eos: end },
    plans: [byteLevelPlan],
    cleanUpSpaces: false,
    encode(text) {
      const ids: number[] = [];
      const lengths: number[] = [];
      for (const section of sections(text)) {
        const part = text.slice(section.start, section.end);
        for (const id of section.token ? [section.token.id] : encodeText(part)) {
          ids.push(id);
          lengths.push(section.token ? utf8Length(part) : tokens[id]!.length);
        }
      }
      const offsets = alignTokens(text, lengths, 0, 0);
      return offsets === undefined ? { ids } : { ids, offsets };
    },
  });
}

const plain = { special: true, normalized: false, singleWord: false, leftStrip: false, rightStrip: false };
