/** A number in [0, 1) decided by a text (FNV-1a with a final mix). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) h = Math.imul(h ^ text.charCodeAt(index), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

/** What a made-up model writes with. */
const vocabulary = [
  ' the',
  ' dog',
  ' ran',
  ' été',
  ' 🦊',
  ' home',
  ',',
  ' and',
  ' saw',
  ' moon',
  ' old',
  ' big',
  ' then',
  '.',
];

interface FakeCandidate {
  readonly id: number;
  readonly token: string;
  readonly logprob: number;
}

export interface FakeStep extends FakeCandidate {
  readonly top: readonly FakeCandidate[];
}

export interface FakeAsk {
  readonly prompt: string;
  readonly temperature: number;
  readonly topK: number;
  readonly seed: number | undefined;
  readonly maxTokens: number;
}

function distribution(text: string): FakeCandidate[] {
  const scores = vocabulary.map((token, id) => ({ id, token, score: 3 * hash(`${text}|${id}`) }));
  const total = Math.log(scores.reduce((sum, { score }) => sum + Math.exp(score), 0));
  return scores
    .map(({ id, token, score }) => ({ id, token, logprob: score - total }))
    .sort((a, b) => b.logprob - a.logprob);
}

/** The tokens that the made-up model writes: decided by the prompt and the seed. */
export function* fakeSteps({ prompt, temperature, topK, seed, maxTokens }: FakeAsk): Generator<FakeStep> {
  let text = prompt;
  for (let step = 0; step < maxTokens; step++) {
    const top = distribution(text);
    const left = top.slice(0, topK > 0 ? topK : undefined);
    const weights = left.map(({ logprob }) => (temperature === 0 ? 0 : Math.exp(logprob / temperature)));
    let luck =
      (seed === undefined ? Math.random() : hash(`${seed}|${step}|${text}`)) *
      weights.reduce((a, b) => a + b, 0);
    const found =
      temperature === 0
        ? 0
        : weights.findIndex((weight) => {
            luck -= weight;
            return luck < 0;
          });
    const chosen = left[Math.max(0, found)]!;
    yield { ...chosen, top };
    text += chosen.token;
  }
}
