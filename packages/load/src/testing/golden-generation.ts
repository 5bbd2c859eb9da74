import { type GoldenArray, goldenIds } from '@nexttoken/goldens';
import { fromGenerationConfig, type HuggingFaceGenerationConfig } from '@nexttoken/sampling';

/** A search as the goldens record it. */
export interface BeamCase {
  readonly name: string;
  readonly prompt_ids: GoldenArray;
  readonly config: HuggingFaceGenerationConfig;
  readonly sequences: readonly GoldenArray[];
  readonly generated_lengths: readonly number[];
  readonly sequences_scores: readonly number[];
  readonly beam_indices: readonly GoldenArray[];
  readonly steps: readonly {
    readonly candidates: {
      readonly beams: GoldenArray;
      readonly tokens: GoldenArray;
      readonly scores: GoldenArray;
    };
    readonly running: { readonly parents: GoldenArray; readonly tokens: GoldenArray };
  }[];
}

/** The recorded texts without what fills them up: the prompt and the new ids of each. */
export function goldenTexts({ sequences, prompt_ids, generated_lengths }: BeamCase): number[][] {
  const { length } = goldenIds(prompt_ids);
  return sequences.map((ids, index) => goldenIds(ids).slice(0, length + generated_lengths[index]!));
}

/** What `beamSearch` is to be called with for a recorded config. */
export function beamOptions(config: HuggingFaceGenerationConfig) {
  const { processors, loop } = fromGenerationConfig(config);
  const { numBeams, numBeamGroups, lengthPenalty, earlyStopping, numReturnSequences } = loop;
  const { maxNewTokens, maxLength, endTokenIds, padTokenId } = loop;
  return {
    processors,
    numBeams,
    numBeamGroups,
    lengthPenalty,
    earlyStopping,
    numReturnSequences,
    maxNewTokens,
    maxLength,
    endTokenIds,
    padTokenId,
  };
}
