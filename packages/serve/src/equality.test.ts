import { collectRows, generate } from '@nexttoken/generate';
import { categorical, fromData, temperature, topP } from '@nexttoken/sampling';
import { expect, test } from 'vitest';
import { useServer } from './testing/start-server';

const site = useServer();

const configurations: readonly Record<string, unknown>[] = [
  { temperature: 0 },
  { temperature: 0.8, top_p: 0.9 },
  { temperature: 1.3, top_k: 40, min_p: 0.02 },
  { repetition_penalty: 1.3, frequency_penalty: 0.4, presence_penalty: 0.2 },
  { typical_p: 0.9, no_repeat_ngram_size: 3 },
  { dry_multiplier: 0.8, dry_sequence_breakers: ['\n', '.'], xtc_probability: 0.4, xtc_threshold: 0.05 },
  { mirostat: 2, mirostat_tau: 4 },
  { guidance_scale: 1.5, negative_prompt: 'The dog' },
  { dynatemp_range: 0.3, temperature: 0.9, top_n_sigma: 1.5 },
  { n: 3, epsilon_cutoff: 0.001, eta_cutoff: 0.001, top_h: 0.5 },
  {
    processors: [
      { type: 'topP', parameters: { p: 0.7 } },
      { type: 'temperature', parameters: { temperature: 1.5 } },
    ],
  },
  { adaptive_target: 0.3, logit_bias: { '100': 2, '101': -100 } },
  { min_tokens: 12, stop_token_ids: [5], suppress_tokens: [7, 8], bad_words_ids: [[9, 10]] },
  { echo: true, logprobs: 3 },
  { sampler: { type: 'gumbelMax' } },
];

interface Answer {
  readonly choices: readonly { readonly text: string; readonly token_ids: number[] }[];
  readonly usage: unknown;
}

async function ask(body: Record<string, unknown>): Promise<Answer> {
  const response = await site.post('/v1/completions', { max_tokens: 20, return_token_ids: true, ...body });
  const answer = (await response.json()) as Answer;
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return answer;
}

test('in the middle of a full batch every row gets what it gets alone', async () => {
  const prompts = ['Once upon a time', 'The', 'A little girl went to the park because', 'Tom said: "'];
  const requests = configurations.flatMap((configuration, index) =>
    [0, 1].map((turn) => ({
      ...configuration,
      prompt: prompts[(index + turn) % 4]!,
      seed: 10 * index + turn,
    })),
  );
  const crowd = await Promise.all(requests.map(ask));
  for (const [index, request] of requests.entries()) {
    const alone = await ask(request);
    expect(crowd[index]!.choices.map((choice) => choice.token_ids)).toEqual(
      alone.choices.map((choice) => choice.token_ids),
    );
    expect(crowd[index]!.choices.map(({ text }) => text)).toEqual(alone.choices.map(({ text }) => text));
  }
});

test('and that is what generate gives', async () => {
  const { model, tokenizer, generationConfig } = site.loaded;
  const shared = {
    model,
    tokenizer,
    prompt: 'Once upon a time',
    maxNewTokens: 20,
    endTokenIds: generationConfig.endTokenIds,
  };
  const compare = async (body: Record<string, unknown>, options: object) => {
    const [answer, rows] = await Promise.all([
      ask({ prompt: shared.prompt, ...body }),
      collectRows(generate({ ...shared, sampler: categorical(), ...options })),
    ]);
    expect(answer.choices.map((choice) => choice.token_ids)).toEqual(rows.map(({ ids }) => Array.from(ids)));
    expect(answer.choices.map(({ text }) => text)).toEqual(rows.map(({ text }) => text));
  };
  await compare({ seed: 4 }, { seed: 4 });
  await compare(
    { seed: 4, temperature: 0.7, top_p: 0.8 },
    { seed: 4, processors: [temperature(0.7), topP(0.8)] },
  );
  await compare({ seed: 9, n: 3 }, { numReturnSequences: 3, seeds: [9, 10, 11] });
  const chain = [
    { type: 'topP', parameters: { p: 0.8 } },
    { type: 'temperature', parameters: { temperature: 0.7 } },
  ];
  const specification = 'nexttoken-sampling-1';
  const processors = chain.map((stage) => fromData({ specification, kind: 'processor', ...stage }));
  await compare({ seed: 4, processors: chain }, { seed: 4, processors });
});

test('what is told of the tokens of a schema does not change them', async () => {
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string', pattern: '^[A-Z][a-z]{2,7}$' },
      animal: { enum: ['cat', 'catfish', 'dog', 'dove'] },
      old: { type: 'boolean' },
      tale: { type: 'string', pattern: '^[a-z ]{5,30}$' },
    },
    required: ['name', 'animal', 'old', 'tale'],
    additionalProperties: false,
  };
  const samplings = [
    {},
    { temperature: 0 },
    { temperature: 1.3, top_k: 3, xtc_probability: 0.5, xtc_threshold: 0.05 },
    { mirostat: 2, mirostat_tau: 4 },
    { repetition_penalty: 1.3, top_p: 0.3 },
    { guidance_scale: 1.5, negative_prompt: 'The dog' },
  ];
  const tellings = [{ logprobs: 2 }, { trace: true }, { return_token_ids: true }];
  for (const [index, sampling] of samplings.entries()) {
    const request = {
      prompt: 'Once upon a time',
      max_tokens: 120,
      n: 2,
      seed: 10 * index,
      structured_outputs: { json: schema },
      ...sampling,
    };
    const untold = await ask({ ...request, return_token_ids: false });
    for (const { text } of untold.choices)
      expect(Object.keys(JSON.parse(text) as object)).toEqual(schema.required);
    for (const telling of tellings) {
      const told = await ask({ ...request, return_token_ids: false, ...telling });
      expect(told.choices.map(({ text }) => text)).toEqual(untold.choices.map(({ text }) => text));
      expect(told.usage).toEqual(untold.usage);
    }
  }
});
