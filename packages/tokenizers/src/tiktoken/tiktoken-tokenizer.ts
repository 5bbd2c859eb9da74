import { checkOptionNames } from '@nexttoken/model';
import { byteLevelPlan } from '../decoding/byte-level-plan';
import { intsOf } from '../text/int-buffer';
import { assembleTokenizer } from '../tokenizer/assemble-tokenizer';
import { pipelineIds, pipelineOffsets, toPairs } from '../tokenizer/pipeline-encoding';
import { tracePipeline } from '../tokenizer/trace-pipeline';
import type { TracingTokenizer } from '../tokenizer/tracing-tokenizer';
import { encodingOf, loadEncoding, type TiktokenEncoding } from './encoding-names';
import { rankPipeline } from './rank-pipeline';
import { rankVocabulary } from './rank-vocabulary';
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
 * Cost: some 10 to 100 ms to make; encoding O(n log n) in the longest word, O(n) otherwise.
 */
export async function tiktokenTokenizer(
  name: TiktokenEncoding | (string & {}),
  options: TiktokenOptions = {},
): Promise<TracingTokenizer> {
  checkOptionNames('tiktokenTokenizer', options, ['specialTokensInText']);
  const { specialTokensInText = false } = options;
  const data = await loadEncoding(encodingOf(name));
  const special = Object.entries(data.special_tokens);
  const vocabulary = rankVocabulary(readRanks(data.bpe_ranks), data.special_tokens);
  const pipeline = rankPipeline(vocabulary, data.pat_str, specialTokensInText ? special : []);
  const tokenOf = (id: number) => vocabulary.tokenOf(id)!;
  const end = data.special_tokens['<|endoftext|>'];
  return assembleTokenizer({
    kind: 'tiktoken',
    vocabulary,
    specialIds: new Set(special.map(([, id]) => id)),
    specialTokens: end === undefined ? {} : { eos: end },
    plans: [byteLevelPlan],
    cleanUpSpaces: false,
    encode(text) {
      const ids = pipelineIds(pipeline, text);
      return {
        ids: intsOf(ids),
        offsets: () => toPairs(pipelineOffsets(pipeline, text).offsets),
      };
    },
    trace(text) {
      const { steps, tokens } = tracePipeline(pipeline, text, tokenOf);
      return { steps, ids: tokens.map((token) => token.id) };
    },
  });
}
