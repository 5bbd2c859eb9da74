import type { Tokenizer, TokenOffset } from '@nexttoken/model';
import { assembleTokenizer } from '../tokenizer/assemble-tokenizer';
import { createAddedTokenSplitter } from './added-token-splitter';
import { readAddedTokens } from './added-tokens';
import { decoderPlans } from './decoder-plans';
import { normalizerShift } from './normalizer-shift';
import { readPostProcessor, trimsOffsets } from './post-processor';
import { endsInBytes } from './pre-tokenizer-config';
import { type JsonPart, readJson } from './read-json';
import { readVocabulary } from './read-vocabulary';
import { specialTokenIds } from './role-tokens';
import { createSectionEncoder } from './section-encoder';
import { readTextPipeline } from './text-pipeline';

/**
 * Makes a tokenizer from a parsed `tokenizer.json` and, where there is one, `tokenizer_config.json`: ids, tokens
 * and decoded text are those of Hugging Face's `tokenizers`.
 *
 * Special tokens named in a text are found as such, as Hugging Face does. Truncation and padding in the file are
 * not applied. Lone surrogates count as U+FFFD. `offsets` are present for byte-level BPE and for SentencePiece BPE
 * where the normalizer leaves the text's length as it is; see the package's README.
 *
 * @param tokenizerJson the parsed file; not changed, and not to be changed afterwards
 * @param tokenizerConfig names the tokens with a role (strings or objects with `content`) and says whether decoding
 *   cleans up spaces (`clean_up_tokenization_spaces`, default false)
 * @throws NextTokenError `invalid-file` or `invalid-config` naming the field; `unsupported-option` (BPE dropout)
 * Cost: O(vocabulary) to make; encoding O(n log n) in the longest word, about 2 s for 1 MB without any boundary.
 */
export function tokenizerFromJson(tokenizerJson: unknown, tokenizerConfig?: unknown): Tokenizer {
  const file = readJson(tokenizerJson, 'tokenizer.json', 'invalid-file');
  const config = readJson(tokenizerConfig ?? {}, 'tokenizer_config.json', 'invalid-config');
  const model = file.part('model');
  const vocabulary = readVocabulary(model);
  const pipeline = readTextPipeline(file, vocabulary);
  const added = readAddedTokens(file, config, vocabulary);
  const tokens = vocabulary.tokenOf.slice();
  const idOf = new Map(vocabulary.idOf);
  for (const { id, content } of added) {
    tokens[id] = content;
    idOf.set(content, id);
  }
  const around = readPostProcessor(file.optionalPart('post_processor'));
  checkIds(file, [...around.before, ...around.after], tokens);

  const splitRaw = createAddedTokenSplitter(
    added.filter((token) => !token.normalized),
    (content) => content,
  );
  const encodeSection = createSectionEncoder({
    pipeline,
    splitNormalized: createAddedTokenSplitter(
      added.filter((token) => token.normalized),
      pipeline.normalize,
    ),
    tokenOf: (id) => tokens[id]!,
    spelling: readSpelling(file),
    shift: normalizerShift(file.optionalPart('normalizer')),
  });

  return assembleTokenizer({
    kind: 'tokenizer.json',
    tokens,
    idOf,
    specialIds: new Set(added.filter((token) => token.special).map((token) => token.id)),
    specialTokens: specialTokenIds(
      config,
      (token) => idOf.get(token),
      model.string('unk_token', '') || undefined,
    ),
    plans: decoderPlans(file.optionalPart('decoder')),
    cleanUpSpaces: config.flag('clean_up_tokenization_spaces', false),
    encode(text, addSpecialTokens) {
      const ids: number[] = [];
      let offsets: TokenOffset[] | undefined = [];
      const { before, after } = addSpecialTokens ? around : { before: [], after: [] };
      const outside = (id: number) => {
        ids.push(id);
        offsets?.push([0, 0]);
      };
      before.forEach(outside);
      for (const { start, end, token } of splitRaw(text)) {
        const section = token
          ? { ids: [token.id], offsets: [[start, end]] as const }
          : encodeSection(text.slice(start, end), start);
        for (const id of section.ids) ids.push(id);
        if (section.offsets === undefined) offsets = undefined;
        else for (const offset of section.offsets) offsets?.push(offset);
      }
      after.forEach(outside);
      return offsets === undefined ? { ids } : { ids, offsets };
    },
  });
}

/** How tokens spell the text, where it is known well enough for offsets. */
function readSpelling(file: JsonPart): 'bytes' | 'text' | 'other' {
  if (trimsOffsets(file.optionalPart('post_processor'))) return 'other';
  const preTokenizer = file.optionalPart('pre_tokenizer');
  if (preTokenizer !== undefined) return endsInBytes(preTokenizer) ? 'bytes' : 'other';
  return file.part('model').value.type === 'BPE' ? 'text' : 'other';
}

function checkIds(file: JsonPart, ids: readonly number[], tokens: readonly (string | undefined)[]): void {
  const missing = ids.find((id) => tokens[id] === undefined);
  if (missing !== undefined)
    throw file.error('post_processor', `adds the token ${missing}, which does not exist`);
}
