import type { TokenOffset, TraceStep, TraceToken } from '@nexttoken/model';
import { createIntBuffer, intsOf, pushInt } from '../text/int-buffer';
import { assembleTokenizer } from '../tokenizer/assemble-tokenizer';
import { pipelineIds, pipelineOffsets, toPairs } from '../tokenizer/pipeline-encoding';
import type { TextPipeline } from '../tokenizer/text-pipeline';
import { listVocabulary } from '../tokenizer/token-vocabulary';
import { tracePipeline } from '../tokenizer/trace-pipeline';
import type { TracingTokenizer } from '../tokenizer/tracing-tokenizer';
import { readAddedTokens } from './added-tokens';
import { decoderPlans } from './decoder-plans';
import { readPostProcessor, readTrimming } from './post-processor';
import { readPadding, readTruncation } from './read-batch-settings';
import { type JsonPart, readJson } from './read-json';
import { readPipeline } from './read-pipeline';
import { readVocabulary } from './read-vocabulary';
import { specialTokenIds } from './role-tokens';
import { trimOffsets } from './trim-offsets';

/**
 * Makes a tokenizer from a parsed `tokenizer.json` and, where there is one, `tokenizer_config.json`: ids, tokens,
 * offsets and decoded text are those of Hugging Face's `tokenizers`.
 *
 * Special tokens named in a text are found as such, as Hugging Face does. What the file says about truncation and
 * padding is shown and not applied. Of the config, names of tokens with a role and `clean_up_tokenization_spaces`
 * are read; `add_bos_token`, `add_eos_token` and `add_prefix_space` are not: the file's own post-processor and
 * pre-tokenizer say what is added.
 *
 * @param tokenizerJson the parsed file; not changed, and not to be changed afterwards
 * @param tokenizerConfig names the tokens with a role (strings or objects with `content`) and says whether decoding
 *   cleans up spaces (`clean_up_tokenization_spaces`, default false)
 * @throws NextTokenError `invalid-file` or `invalid-config` naming the field; `unsupported-option` (BPE dropout)
 * Cost: O(vocabulary) to make; encoding O(n log n) in the longest word, O(n) otherwise. Offsets, tokens and traces
 *   cost nothing unless asked for.
 */
export function tokenizerFromJson(tokenizerJson: unknown, tokenizerConfig?: unknown): TracingTokenizer {
  const file = readJson(tokenizerJson, 'tokenizer.json', 'invalid-file');
  const config = readJson(tokenizerConfig ?? {}, 'tokenizer_config.json', 'invalid-config');
  const model = file.part('model');
  const vocabulary = readVocabulary(model);
  const added = readAddedTokens(file, config, vocabulary);
  const tokens = vocabulary.tokenOf.slice();
  const idOf = new Map(vocabulary.idOf);
  for (const { id, content } of added) {
    tokens[id] = content;
    idOf.set(content, id);
  }
  const postProcessor = file.optionalPart('post_processor');
  const around = readPostProcessor(postProcessor);
  const trimming = readTrimming(postProcessor);
  checkIds(file, [...around.before, ...around.after], tokens);
  const pipeline: TextPipeline = readPipeline(file, vocabulary, added);
  const tokenOf = (id: number) => tokens[id]!;
  const addedIds = new Set(added.map((token) => token.id));
  const nothing = { before: [], after: [] };

  return assembleTokenizer({
    kind: 'tokenizer.json',
    vocabulary: listVocabulary(tokens, idOf),
    specialIds: new Set(added.filter((token) => token.special).map((token) => token.id)),
    specialTokens: specialTokenIds(
      config,
      (token) => idOf.get(token),
      model.string('unk_token', '') || undefined,
    ),
    truncation: readTruncation(file),
    padding: readPadding(file),
    plans: decoderPlans(file.optionalPart('decoder')),
    cleanUpSpaces: config.flag('clean_up_tokenization_spaces', false),
    encode(text, addSpecialTokens) {
      const { before, after } = addSpecialTokens ? around : nothing;
      const ids = createIntBuffer(16 + (text.length >> 2));
      for (const id of before) pushInt(ids, id);
      pipelineIds(pipeline, text, ids);
      for (const id of after) pushInt(ids, id);
      return {
        ids: intsOf(ids),
        offsets() {
          const found = pipelineOffsets(pipeline, text);
          if (trimming.length > 0) {
            const names = Array.from(found.ids, (id, index) =>
              addedIds.has(id)
                ? text.slice(found.offsets[2 * index], found.offsets[2 * index + 1])
                : tokenOf(id),
            );
            for (const step of trimming) trimOffsets(text, names, found.offsets, step);
          }
          const outside = (): TokenOffset => [0, 0];
          return [...before.map(outside), ...toPairs(found.offsets), ...after.map(outside)];
        },
      };
    },
    trace(text, addSpecialTokens) {
      const { steps, tokens: inner } = tracePipeline(pipeline, text, tokenOf);
      const { offsets } = this.encode(text, addSpecialTokens);
      const { before, after } = addSpecialTokens ? around : nothing;
      const ids = [...before, ...inner.map((token) => token.id), ...after];
      const final = offsets();
      const all = ids.map((id, index): TraceToken => ({ id, token: tokenOf(id), offset: final[index]! }));
      const last: TraceStep[] =
        postProcessor === undefined
          ? []
          : [{ step: 'post-processor', type: postProcessor.string('type'), tokens: all }];
      return { ids, steps: [...steps, ...last] };
    },
  });
}

function checkIds(file: JsonPart, ids: readonly number[], tokens: readonly (string | undefined)[]): void {
  const missing = ids.find((id) => tokens[id] === undefined);
  if (missing !== undefined)
    throw file.error('post_processor', `adds the token ${missing}, which does not exist`);
}
