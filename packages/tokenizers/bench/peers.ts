import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { hasShared, readSharedJson, sharedPath } from '@nexttoken/goldens';
import { encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode as encodeO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { encode as encodeR50k } from 'gpt-tokenizer/encoding/r50k_base';
import { Tiktoken as JsTiktoken } from 'js-tiktoken/lite';
import ranksOfCl100k from 'js-tiktoken/ranks/cl100k_base';
import ranksOfGpt2 from 'js-tiktoken/ranks/gpt2';
import ranksOfO200k from 'js-tiktoken/ranks/o200k_base';
import { Tiktoken } from 'tiktoken/lite';
import { Tokenizer as NativeTokenizer } from 'tokenizers';
import { tiktokenTokenizer, tokenizerFromJson } from '../src/index';
import { loadEncoding, type TiktokenEncoding } from '../src/tiktoken/encoding-names';

/** Something that encodes a text without adding special tokens or finding them. */
export interface Encoder {
  readonly name: string;
  /** Pure JavaScript, as ours is. */
  readonly javaScript: boolean;
  encode(text: string): ArrayLike<number> | Promise<ArrayLike<number>>;
}

const scriptedRanks = { gpt2: ranksOfGpt2, cl100k_base: ranksOfCl100k, o200k_base: ranksOfO200k };
const libraryOfEncoding = { gpt2: encodeR50k, cl100k_base: encodeCl100k, o200k_base: encodeO200k };

/** All encoders of a vocabulary, ours first. */
export async function encodersOf(
  vocabulary: 'gpt2' | 'cl100k_base' | 'o200k_base' | 'smollm2',
): Promise<Encoder[]> {
  if (vocabulary === 'smollm2') {
    return [
      ours(tokenizerFromJson(readSharedJson('data/tokenizers/smollm2/tokenizer.json'))),
      ...(await huggingFace('smollm2')),
    ];
  }
  const encoders = [ours(await tiktokenTokenizer(vocabulary)), ...(await tiktokens(vocabulary))];
  return vocabulary === 'gpt2' && hasShared ? [...encoders, ...(await huggingFace('gpt2'))] : encoders;
}

function ours(tokenizer: Awaited<ReturnType<typeof tiktokenTokenizer>>): Encoder {
  return {
    name: 'ours',
    javaScript: true,
    encode: (text) => tokenizer.encode(text, { addSpecialTokens: false }).ids,
  };
}

async function tiktokens(encoding: TiktokenEncoding & keyof typeof libraryOfEncoding): Promise<Encoder[]> {
  const data = await loadEncoding(encoding);
  const compiled = new Tiktoken(data.bpe_ranks, { ...data.special_tokens }, data.pat_str);
  const scripted = new JsTiktoken(scriptedRanks[encoding]);
  const none = { disallowedSpecial: new Set<string>() };
  return [
    { name: 'tiktoken-wasm', javaScript: false, encode: (text) => compiled.encode_ordinary(text) },
    { name: 'js-tiktoken', javaScript: true, encode: (text) => scripted.encode(text, [], []) },
    { name: 'gpt-tokenizer', javaScript: true, encode: (text) => libraryOfEncoding[encoding](text, none) },
  ];
}

/** On tokenizer.json: the JavaScript library, and the Rust one through its own binding. */
async function huggingFace(name: string): Promise<Encoder[]> {
  const library = new HuggingFaceTokenizer(
    readSharedJson<object>(`data/tokenizers/${name}/tokenizer.json`),
    {},
  );
  const native = NativeTokenizer.fromFile(sharedPath(`data/tokenizers/${name}/tokenizer.json`));
  return [
    {
      name: 'huggingface-js',
      javaScript: true,
      encode: (text) => library.encode(text, { add_special_tokens: false }).ids,
    },
    {
      name: 'huggingface-rust',
      javaScript: false,
      encode: async (text) => (await native.encode(text, null, { addSpecialTokens: false })).getIds(),
    },
  ];
}
