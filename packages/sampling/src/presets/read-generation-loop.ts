import { type ConfigReader, illegalKey, isTokenId } from './config-reader';
import type { GenerationLoop } from './generation-loop';

const isText = (item: unknown): item is string => typeof item === 'string' && item.length > 0;

const endings = ['max_new_tokens', 'max_length'] as const;

function readLengths(read: ConfigReader): Pick<GenerationLoop, 'maxNewTokens' | 'maxLength'> {
  const [maxNewTokens, maxLength] = endings.map((key) => read.integer(key, 1));
  if (maxNewTokens !== undefined) return { maxNewTokens };
  return maxLength === undefined ? { maxNewTokens: 20 } : { maxLength };
}

type BeamSettings = Pick<
  GenerationLoop,
  'numBeams' | 'numBeamGroups' | 'diversityPenalty' | 'earlyStopping' | 'numReturnSequences' | 'lengthPenalty'
>;

function readBeams(read: ConfigReader): BeamSettings {
  const numBeams = read.integer('num_beams', 1) ?? 1;
  const numBeamGroups = read.integer('num_beam_groups', 1) ?? 1;
  if (numBeams % numBeamGroups !== 0) {
    throw illegalKey('num_beam_groups', numBeamGroups, `a divisor of num_beams (${numBeams})`);
  }
  const diversityPenalty = read.number('diversity_penalty', 0) ?? 0;
  if (diversityPenalty > 0 && numBeamGroups === 1) {
    throw illegalKey('diversity_penalty', diversityPenalty, '0 without num_beam_groups > 1');
  }
  const earlyStopping = read.raw('early_stopping') ?? false;
  if (typeof earlyStopping !== 'boolean' && earlyStopping !== 'never') {
    throw illegalKey('early_stopping', earlyStopping, "true, false or 'never'");
  }
  const numReturnSequences = read.integer('num_return_sequences', 1) ?? 1;
  if (numReturnSequences > numBeams && (numBeams > 1 || !read.boolean('do_sample'))) {
    throw illegalKey('num_return_sequences', numReturnSequences, `at most num_beams (${numBeams})`);
  }
  const lengthPenalty = read.number('length_penalty') ?? 1;
  return { numBeams, numBeamGroups, diversityPenalty, earlyStopping, numReturnSequences, lengthPenalty };
}

/**
 * Reads what the loop needs, checked.
 * @throws NextTokenError `invalid-parameter` that names the key
 */
export function readGenerationLoop(read: ConfigReader): GenerationLoop {
  const endTokenIds = read.list('eos_token_id', isTokenId, 'a token id, or a list of them');
  const bosTokenId = read.integer('bos_token_id', 0);
  const padTokenId = read.integer('pad_token_id', 0) ?? endTokenIds[0];
  const maxTime = read.number('max_time', 0);
  return {
    ...readLengths(read),
    ...(maxTime === undefined ? {} : { maxTime }),
    endTokenIds,
    stopStrings: read.list('stop_strings', isText, 'a text, or a list of them, none empty'),
    ...(bosTokenId === undefined ? {} : { bosTokenId }),
    ...(padTokenId === undefined ? {} : { padTokenId }),
    ...readBeams(read),
    capture: {
      logits: read.boolean('output_logits'),
      scores: read.boolean('output_scores'),
      hiddenStates: read.boolean('output_hidden_states'),
      attention: read.boolean('output_attentions'),
    },
  };
}
