import type { SamplingSettings, StageSettings } from './sampling-settings';

/** Types of processors in the order in which a library runs them. */
export const orders = {
  'hugging-face': [
    'classifierFreeGuidance',
    'sequenceBias',
    'logitBias',
    'hammingDiversity',
    'encoderRepetitionPenalty',
    'repetitionPenalty',
    'noRepeatNgram',
    'encoderNoRepeatNgram',
    'badWords',
    'minLength',
    'minNewTokens',
    'allowTokens',
    'forcedBos',
    'forcedEos',
    'infNanRemove',
    'exponentialDecayLength',
    'suppressTokens',
    'suppressTokensAtBegin',
    'temperature',
    'topH',
    'topK',
    'topP',
    'minP',
    'typicalP',
    'epsilonCutoff',
    'etaCutoff',
    'logNormalize',
  ],
  'llama.cpp': [
    'logitBias',
    'repetitionPenalty',
    'frequencyPenalty',
    'presencePenalty',
    'dry',
    'topNSigma',
    'topK',
    'typicalP',
    'topP',
    'minP',
    'xtc',
    'temperature',
    'dynamicTemperature',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type OrderName = keyof typeof orders;

/** Types that the other library has, and where they belong: behind the type named. */
const places: Readonly<Record<OrderName, Readonly<Record<string, string>>>> = {
  'hugging-face': {
    frequencyPenalty: 'repetitionPenalty',
    presencePenalty: 'repetitionPenalty',
    dry: 'repetitionPenalty',
    dynamicTemperature: 'temperature',
    topNSigma: 'temperature',
    xtc: 'etaCutoff',
  },
  'llama.cpp': { epsilonCutoff: 'minP', etaCutoff: 'minP', topH: 'minP', logNormalize: 'dynamicTemperature' },
};

function placeOf(type: string, name: OrderName): number {
  const order: readonly string[] = orders[name];
  const place = order.indexOf(type);
  if (place >= 0) return place;
  const before = places[name][type];
  // What neither names bans, prefers or forces: before all truncation.
  return before === undefined ? -0.5 : order.indexOf(before) + 0.5;
}

/** The stages in a library's order; what it does not have comes where its kin stand. */
export function inOrder(stages: readonly StageSettings[], name: OrderName): readonly StageSettings[] {
  return [...stages].sort((a, b) => placeOf(a.type, name) - placeOf(b.type, name));
}

/** The order that the stages stand in, if it is a library's (of several, the first). */
export function orderOfStages({ stages }: Pick<SamplingSettings, 'stages'>): OrderName | undefined {
  const names = Object.keys(orders) as OrderName[];
  return names.find((name) => inOrder(stages, name).every((stage, place) => stage === stages[place]));
}
