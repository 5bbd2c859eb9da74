import { readFileSync } from 'node:fs';
import { generate } from '@nexttoken/generate';
import { createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import type { Tokenizer } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { categorical } from '@nexttoken/sampling';
import { tokenizerFromJson } from '@nexttoken/tokenizers';
import { figure, machineLine, quantile } from '@nexttoken/workspace/bench';
import { type GrammarProcessor, grammar, json, jsonSchema, structuralTags } from '../src';
import { loadXGrammar, type XGrammarPeer } from '../src/testing/load-xgrammar';
import { randomSchema } from '../src/testing/random-schema';

/** Rounds that are measured, behind some that warm the code. Each compiles its grammars anew: every place is new. */
const rounds = 7;
const warmRounds = 3;
const end = 2;
console.log(machineLine());
if (!hasShared) {
  console.log('skipped: needs the folder `shared`');
  process.exit(0);
}

const readTokenizer = (): Tokenizer =>
  tokenizerFromJson(JSON.parse(readFileSync(sharedPath('data/tokenizers/smollm2/tokenizer.json'), 'utf8')));
const timed = <Result>(work: () => Result): { readonly result: Result; readonly time: number } => {
  const begin = performance.now();
  const result = work();
  return { result, time: performance.now() - begin };
};

const tokenizer = readTokenizer();
const { vocabSize } = tokenizer;
const value = {
  name: 'Ada Lovelace of London',
  description: 'wrote the first program, and "notes" on it',
  age: 36,
  tags: ['mathematics', 'engines'],
};
const text = JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "');
const ids = [...tokenizer.encode(text, { addSpecialTokens: false }).ids];
const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 280 },
    description: { type: 'string' },
    age: { type: 'integer', minimum: 0, maximum: 150 },
    tags: { type: 'array', items: { type: 'string', pattern: '^[a-z ]+$' } },
  },
  required: ['name', 'description', 'age', 'tags'],
};
const ebnf = String.raw`root ::= value
value ::= object | array | string | number | "true" | "false" | "null"
object ::= "{}" | "{" string ": " value (", " string ": " value)* "}"
array ::= "[]" | "[" value (", " value)* "]"
string ::= "\"" ([^"\\\x00-\x1f] | "\\" ["\\/bfnrt])* "\""
number ::= "-"? ("0" | [1-9] [0-9]{0,14}) ("." [0-9]{1,10})?`;

/** Milliseconds of each step of a text: mask and removal, then the next state. */
function steps(processor: GrammarProcessor, again: boolean): number[] {
  const times: number[] = [];
  for (let pass = 0; pass <= (again ? 1 : 0); pass++) {
    times.length = 0;
    let state = processor.initialState();
    for (const id of ids) {
      const scores = new Float32Array(vocabSize);
      const { time } = timed(() => {
        processor.process(scores, { ids: [], promptLength: 0, row: 0, batchItem: 0 }, state);
        state = processor.accept(state, id);
      });
      if (scores[id] !== 0) throw new Error(`${tokenizer.tokenOf(id)} is not allowed`);
      times.push(time);
    }
  }
  return times;
}

function peerSteps(peer: ReturnType<XGrammarPeer['compile']>): number[] {
  const matcher = peer.createMatcher();
  const times = ids.map((id) => timed(() => matcher.mask() && matcher.accept(id)).time);
  matcher.dispose();
  return times;
}

// Warm code, cold grammars: every round compiles anew.
const vocabularyTime = timed(() => json({ tokenizer, endTokenIds: [end] })).time;
figure('vocabulary', vocabularyTime, 'ms');
const peer = await loadXGrammar(tokenizer, end);
figure('vocabulary_xgrammar', peer.readTime, 'ms');
const results = {
  schema: [] as number[][],
  again: [] as number[][],
  ebnf: [] as number[][],
  theirs: [] as number[][],
};
/** Of each step the median over the rounds. */
const stepMedians = (passes: readonly (readonly number[])[]): number[] =>
  passes[0]!.map((_, step) =>
    quantile(
      passes.map((times) => times[step]!),
      0.5,
    ),
  );
const compileTimes: number[] = [];
const theirCompileTimes: number[] = [];
for (let round = -warmRounds; round < rounds; round++) {
  const own = timed(() => jsonSchema(schema, { tokenizer, endTokenIds: [end] }));
  const plain = grammar(ebnf, { tokenizer, endTokenIds: [end] });
  const theirs = peer.compile(ebnf);
  if (round >= 0) {
    compileTimes.push(own.time);
    theirCompileTimes.push(theirs.compileTime);
  }
  for (const [list, times] of [
    [results.schema, steps(own.result, false)],
    [results.again, steps(own.result, true)],
    [results.ebnf, steps(plain, false)],
    [results.theirs, peerSteps(theirs)],
  ] as const) {
    if (round >= 0) list.push(times);
  }
}
figure('compile_schema', quantile(compileTimes, 0.5), 'ms');
figure('compile_json_ebnf_xgrammar', quantile(theirCompileTimes, 0.5), 'ms');
for (const [name, passes] of Object.entries({
  step_schema_new_places: results.schema,
  step_schema_known_places: results.again,
  step_json_ebnf_new_places: results.ebnf,
  step_json_ebnf_xgrammar: results.theirs,
})) {
  const times = stepMedians(passes);
  figure(`${name}_median`, quantile(times, 0.5), 'ms');
  figure(`${name}_p95`, quantile(times, 0.95), 'ms');
  figure(`${name}_most`, quantile(times, 1), 'ms');
}

// Places of all kinds, each visited for the first time: schemas of the tests, texts at random; each three times.
const randomTimes: number[] = [];
const randomCompileTimes: number[] = [];
for (let seed = 0; seed < 40; seed++) {
  const passes: number[][] = [];
  for (let pass = 0; pass < 3; pass++) {
    const random = createRandom(seed);
    let own: { readonly result: GrammarProcessor; readonly time: number };
    try {
      own = timed(() => jsonSchema(randomSchema(createRandom(seed)), { tokenizer, endTokenIds: [end] }));
    } catch {
      break; // Nothing fits it.
    }
    randomCompileTimes.push(own.time);
    const times: number[] = [];
    let state = own.result.initialState();
    for (let step = 0; step < 30 && !state.ended; step++) {
      const scores = new Float32Array(vocabSize);
      const context = { ids: [], promptLength: 0, row: 0, batchItem: 0 };
      times.push(timed(() => own.result.process(scores, context, state)).time);
      const left: number[] = [];
      for (let id = 0; id < vocabSize; id++) if (scores[id] === 0) left.push(id);
      state = own.result.accept(state, left[Math.floor(random.next() * left.length)]!);
    }
    passes.push(times);
  }
  if (passes.length > 0) randomTimes.push(...stepMedians(passes));
}
figure('compile_random_schemas_median', quantile(randomCompileTimes, 0.5), 'ms');
figure('compile_random_schemas_most', quantile(randomCompileTimes, 1), 'ms');
for (const [name, q] of [
  ['median', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
  ['most', 1],
] as const) {
  figure(`step_random_schemas_new_places_${name}`, quantile(randomTimes, q), 'ms');
}

// Free text, in which a call may begin: where nothing is constrained.
const free = structuralTags([{ begin: '<call>', schema: { type: 'object' }, end: '</call>' }], {
  tokenizer,
  endTokenIds: [end],
});
const prose = tokenizer.encode('wrote the first program, and notes on it. '.repeat(20), {
  addSpecialTokens: false,
}).ids;
const freeTimes: number[] = [];
let place = free.initialState();
const scores = new Float32Array(vocabSize);
for (const id of prose) {
  freeTimes.push(
    timed(() => {
      free.process(scores, { ids: [], promptLength: 0, row: 0, batchItem: 0 }, place);
      place = free.accept(place, id);
    }).time,
  );
}
figure('step_free_text_median', quantile(freeTimes, 0.5), 'ms');
figure('step_free_text_p95', quantile(freeTimes, 0.95), 'ms');

// Long keys: what jump-forward saves.
const longKeys = {
  type: 'object',
  properties: Object.fromEntries(
    ['customer_first_name', 'customer_last_name', 'shipping_address_city'].map((name) => [
      name,
      { type: 'string', pattern: '^[A-Z][a-z ]{3,12}$' },
    ]),
  ),
  required: ['customer_first_name', 'customer_last_name', 'shipping_address_city'],
};
const forwards: number[] = [];
for (const jumpForward of [true, false]) {
  let count = 0;
  for (let seed = 0; seed < 3; seed++) {
    const model = createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize) });
    const own = jsonSchema(longKeys, { tokenizer, endTokenIds: [end] });
    const run = generate({
      model,
      tokenizer,
      prompt: [1],
      processors: own,
      sampler: categorical(),
      seed,
      endTokenIds: [end],
      maxNewTokens: 200,
      jumpForward,
    });
    for await (const _event of run);
    count += model.log.forwards.length;
  }
  forwards.push(count);
}
figure('forwards_with_jump_forward', forwards[0]!, 'forwards');
figure('forwards_without', forwards[1]!, 'forwards');
figure('jump_forward_saves', 100 * (1 - forwards[0]! / forwards[1]!), '%');
