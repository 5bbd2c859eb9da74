import type { LogitsProcessor } from '@nexttoken/model';
import {
  classifierFreeGuidance,
  dry,
  dryBreakers,
  encoderRepetitionPenalty,
  frequencyPenalty,
  logitBias,
  presencePenalty,
  repetitionPenalty,
  type SequenceBias,
  sequenceBias,
} from '@nexttoken/sampling';
import type { SamplingContext } from '../read-sampling';
import type { StageReader } from './stage-reader';

/** OpenAI's map from ids to biases, as pairs. */
function biasPairs(map: unknown): [number, number][] {
  const isMap = typeof map === 'object' && map !== null && !Array.isArray(map);
  return isMap
    ? Object.entries(map).map(([id, bias]) => [/^\d+$/.test(id) ? Number(id) : -1, bias])
    : [[-1, 0]];
}

function dryStage(read: StageReader, { tokenizer }: SamplingContext): LogitsProcessor[] {
  const options = ['dry_base', 'dry_allowed_length', 'dry_penalty_last_n', 'dry_sequence_breakers'];
  return read.stage(
    'dry_multiplier',
    [0],
    (multiplier: number) => {
      const [base, allowedLength, lastTokens] = options
        .slice(0, 3)
        .map((name) => read.companion<number>(name));
      const texts = read.companion<string[]>('dry_sequence_breakers');
      if (texts !== undefined && !Array.isArray(texts))
        throw read.fields.wrong('dry_sequence_breakers', 'a list of texts');
      return dry(multiplier, {
        ...(base !== undefined && { base }),
        ...(allowedLength !== undefined && { allowedLength }),
        ...(lastTokens !== undefined && lastTokens !== -1 && { lastTokens }),
        ...(texts !== undefined && { breakers: dryBreakers(tokenizer, texts) }),
      });
    },
    ...options,
  );
}

/** Guidance, biases and penalties. */
export function penaltyStages(read: StageReader, context: SamplingContext): LogitsProcessor[] {
  return [
    ...read.stage('guidance_scale', [1], classifierFreeGuidance, 'negative_prompt'),
    ...read.stage('logit_bias', [], (map: unknown) => logitBias(biasPairs(map))),
    ...read.stage('sequence_bias', [], (biases: readonly SequenceBias[]) => sequenceBias(biases)),
    ...read.stage('encoder_repetition_penalty', [1], (penalty: number) => encoderRepetitionPenalty(penalty)),
    ...read.stage('repetition_penalty', [1], (penalty: number) => repetitionPenalty(penalty)),
    ...read.stage('frequency_penalty', [0], (penalty: number) => frequencyPenalty(penalty)),
    ...read.stage('presence_penalty', [0], (penalty: number) => presencePenalty(penalty)),
    ...dryStage(read, context),
  ];
}
