import type { PieceStage } from '../pre-tokenizers/pre-tokenizer';
import type { TextPipeline } from '../tokenizer/text-pipeline';
import { createAddedTokenSplitter } from './added-token-splitter';
import type { AddedToken } from './added-tokens';
import type { JsonPart } from './read-json';
import { readModel } from './read-model';
import { readNormalizer } from './read-normalizer';
import { readPreTokenizer, spellStage } from './read-pre-tokenizer';
import type { ModelVocabulary } from './read-vocabulary';

/** Reads all steps of tokenizer.json from a text to the ids of its words. */
export function readPipeline(
  file: JsonPart,
  vocabulary: ModelVocabulary,
  added: readonly AddedToken[],
): TextPipeline {
  const normalizers = readNormalizer(file.optionalPart('normalizer'));
  const preTokenizers = readPreTokenizer(file.optionalPart('pre_tokenizer'));
  const stages: PieceStage[] = preTokenizers.flatMap((step) => step.stages);
  const spelled = stages.indexOf(spellStage) === stages.length - 1 && stages.length > 0;
  const { model, overBytes } = readModel(file.part('model'), vocabulary, spelled);
  const normalizeToken = (content: string): string =>
    normalizers.reduce((aligned, { normalize }) => normalize(aligned), {
      text: content,
      base: 0,
      tracked: false,
    }).text;
  return {
    findRaw: createAddedTokenSplitter(
      added.filter((token) => !token.normalized),
      (content) => content,
    ),
    normalizers,
    findNormalized: createAddedTokenSplitter(
      added.filter((token) => token.normalized),
      normalizeToken,
    ),
    preTokenizers,
    stages: overBytes ? stages.slice(0, -1) : stages,
    model,
  };
}
