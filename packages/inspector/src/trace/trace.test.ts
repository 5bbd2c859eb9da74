import { crc32 as zlibCrc32 } from 'node:zlib';
import { type RunOptions, type RunRecord, startRun } from '@nexttoken/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { NextTokenError } from '@nexttoken/model';
import { topIndices } from '@nexttoken/numeric';
import {
  categorical,
  dry,
  gumbelMax,
  mirostatV2,
  repetitionPenalty,
  temperature,
  topK,
  topP,
  xtc,
} from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRuns } from '../comparison/compare-runs';
import { crc32 } from './crc32';
import { readTrace } from './read-trace';
import { traceModel } from './trace-model';
import { traceProbabilities } from './trace-probabilities';
import { traceRecord } from './trace-record';
import { verifyTrace } from './verify-trace';
import { writeTrace } from './write-trace';

const vocabSize = 14;
const model = createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize, 9) });
const tokenizer = createPieceTokenizer(
  Array.from({ length: vocabSize }, (_, id) => String.fromCharCode(97 + id)),
);

async function recordOf(changes: Partial<RunOptions> = {}): Promise<RunRecord> {
  const run = await startRun({
    model,
    prompt: [3, 1],
    processors: [repetitionPenalty(1.2), temperature(1.4), topK(9), topP(0.95)],
    sampler: categorical(),
    seed: 21,
    maxNewTokens: 14,
    endTokenIds: [0],
    capture: { logits: true, scores: true },
    ...changes,
  });
  await run.dispose();
  return run.record;
}

const forked = async (): Promise<RunRecord> => {
  const run = await startRun({
    model,
    prompt: [3, 1],
    processors: [temperature(1.4)],
    sampler: categorical(),
    maxNewTokens: 10,
    endTokenIds: [],
    capture: { logits: true },
  });
  const fork = await run.fork({ step: 4, token: 7, processors: topK(3), seed: 5 });
  await Promise.all([run.dispose(), fork.dispose()]);
  return fork.record;
};

test('crc32 is the usual one', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
});

describe('a trace file', () => {
  test('comes back as it was: run, rows, tokens, captures', async () => {
    const record = await recordOf();
    const hiddenStates = { data: Float32Array.of(1, 2, 3, 4, 5, 6), layers: 3, positions: 1, width: 2 };
    const attention = { data: Float32Array.of(1, 1, 0.5, 0.5), layers: 1, heads: 2, positions: 1, keys: 2 };
    const file = writeTrace(record, { tokenizer, notes: { prompt: 'db' }, hiddenStates, attention });
    // Wherever the bytes lie.
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    for (const bytes of [file, file.buffer as ArrayBuffer, shifted.subarray(3)]) {
      const trace = readTrace(bytes);
      expect(traceRecord(trace)).toEqual(record);
      expect(trace.header.notes).toEqual({ prompt: 'db' });
      expect(new Map(trace.header.tokens).get(3)).toBe('d');
      expect([...trace.blocks.get('hidden-states')!]).toEqual([...hiddenStates.data]);
      expect(trace.header.blocks.map(({ name, shape }) => [name, shape])).toEqual([
        ['logits', [record.ids.length, vocabSize]],
        ['scores', [record.ids.length, vocabSize]],
        ['hidden-states', [3, 1, 2]],
        ['attention', [1, 2, 1, 2]],
      ]);
    }
    expect(new TextDecoder().decode(file.subarray(0, 8))).toBe('NTTRACE\n');
    expect(compareRuns(traceRecord(readTrace(file)), record).firstDifference).toBeUndefined();
  });

  test('with the best of each row only', async () => {
    const record = await recordOf();
    const { blocks, logitsOf } = readTrace(writeTrace(record, { top: 4 }));
    expect(logitsOf(0)).toBeUndefined();
    const full = readTrace(writeTrace(record)).logitsOf(2)!;
    expect([...blocks.get('top-ids')!.slice(8, 12)]).toEqual([...topIndices(full, 4)]);
    expect(blocks.get('top-logits')![8]).toBe(Math.max(...full));
    const wide = readTrace(writeTrace(record, { top: 99 }));
    expect(wide.header.blocks[0]!.shape).toEqual([record.ids.length, vocabSize]);
    expect(() => writeTrace(record, { top: 0 })).toThrow('top');
  });
});

describe('verifyTrace', () => {
  test.each<[string, Partial<RunOptions>]>([
    ['a chain and categorical', {}],
    [
      'a processor with a state, and one that tosses',
      { processors: [dry(0.8), xtc(0.5, { threshold: 0.05 })] },
    ],
    ['gumbelMax', { sampler: gumbelMax() }],
    ['a sampler with a state', { sampler: mirostatV2(2) }],
    ['an end token, at least three tokens', { minNewTokens: 3, maxNewTokens: 200 }],
    ['nothing drawn', { sampler: undefined, processors: [] }],
  ])('%s: the same to the bit, also with the model', async (_, changes) => {
    const record = await recordOf(changes);
    const trace = readTrace(writeTrace(record));
    expect(await verifyTrace(trace)).toEqual({ same: true, chain: { checked: record.ids.length } });
    expect(await verifyTrace(trace, { model })).toMatchObject({ same: true, model: { same: true } });
  });

  test('a fork with a token put by hand', async () => {
    const record = await forked();
    const trace = readTrace(writeTrace(record));
    expect(trace.header.steps).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    expect(await verifyTrace(trace, { model })).toMatchObject({ same: true, chain: { checked: 9 } });
  });

  test('a full context, and a run that was stopped', async () => {
    const narrow = createTestModel({ vocabSize, contextLength: 6, logitsAfter: hashedLogits(vocabSize, 9) });
    const full = await recordOf({ model: narrow, endTokenIds: [] });
    expect(full.reason).toBe('context-length');
    expect(await verifyTrace(readTrace(writeTrace(full)))).toMatchObject({ same: true });
    const stop = new AbortController();
    const stopped = await recordOf({
      endTokenIds: [],
      signal: stop.signal,
      onEvent: (event) => event.type === 'step' && event.step === 4 && stop.abort(),
    });
    expect(stopped.reason).toBe('aborted');
    expect(await verifyTrace(readTrace(writeTrace(stopped)))).toEqual({ same: true, chain: { checked: 5 } });
  });

  test('says the first step that differs, and in what', async () => {
    const record = await recordOf();
    const changed = (change: Partial<RunRecord>) =>
      verifyTrace(readTrace(writeTrace({ ...record, ...change })));
    const ids = record.ids.map((id, step) => (step === 3 ? (id + 1) % vocabSize : id));
    expect((await changed({ ids })).chain.firstDifference).toMatchObject({
      step: 3,
      field: 'id',
      expected: ids[3],
      actual: record.ids[3],
    });
    const steps = record.steps.map((step, index) => (index === 5 ? { ...step!, share: 0.5 } : step));
    expect(await changed({ steps })).toMatchObject({
      same: false,
      chain: { checked: 5, firstDifference: { step: 5, field: 'share' } },
    });
    const draws = record.draws.map((draw, index) => (index === 1 ? 0.25 : draw));
    expect((await changed({ draws })).chain.firstDifference).toMatchObject({ step: 1, field: 'draw' });
    expect((await changed({ reason: 'end-token' })).chain.firstDifference).toMatchObject({ field: 'end' });
    const segments = [
      { ...record.segments[0]!, processors: [{ type: 'temperature', parameters: { temperature: 0.3 } }] },
    ];
    expect((await changed({ segments })).chain.firstDifference).toMatchObject({ step: 0 });

    const file = writeTrace(record);
    const trace = readTrace(file);
    trace.scoresOf(2)![11] = 5;
    expect((await verifyTrace(trace)).chain.firstDifference).toMatchObject({
      step: 2,
      field: 'scores',
      id: 11,
      expected: 5,
    });
    // The file over the same bytes is damaged now, and says so.
    expect(() => readTrace(file)).toThrow(
      expect.objectContaining({ code: 'invalid-trace', details: { field: 'scores' } }),
    );
    const other = createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize, 10) });
    expect(await verifyTrace(readTrace(writeTrace(record)), { model: other })).toMatchObject({
      same: false,
      chain: { checked: record.ids.length },
      model: { same: false, firstDifference: expect.any(Number) },
    });
  });

  test('what cannot be replayed is said', async () => {
    const record = await recordOf();
    const bare = await verifyTrace(readTrace(writeTrace(record, { top: 3 })));
    expect(bare).toMatchObject({
      same: false,
      chain: { checked: 0, skipped: expect.stringContaining('no whole rows') },
    });
    const own = {
      ...record,
      segments: [{ ...record.segments[0]!, processors: [{ type: 'mine', parameters: {} }] }],
    };
    const unknown = await verifyTrace(readTrace(writeTrace(own)));
    expect([unknown.same, unknown.chain.skipped]).toEqual([false, expect.stringContaining('"mine"')]);
    const nothing = await recordOf({ maxNewTokens: 0 });
    expect(await verifyTrace(readTrace(writeTrace(nothing)))).toEqual({ same: true, chain: { checked: 0 } });
    await expect(
      verifyTrace(readTrace(writeTrace(record)), { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });
});

test('traceProbabilities: the chosen tokens with their numbers', async () => {
  const record = await recordOf();
  const { rows, logProbability, perplexity } = traceProbabilities(
    readTrace(writeTrace(record, { tokenizer })),
  );
  expect(rows.map(({ id, token }) => [id, token])).toEqual(
    record.ids.map((id) => [id, String.fromCharCode(97 + id)]),
  );
  expect(rows.at(-1)!.cumulativeLogProbability).toBe(logProbability);
  expect(perplexity).toBeCloseTo(Math.exp(-logProbability / rows.length), 12);
  const put = traceProbabilities(readTrace(writeTrace(await forked())));
  expect([put.rows.length, put.rows[4]!.step, put.rows[4]!.token.startsWith('#')]).toEqual([9, 5, true]);
});

test('traceModel answers for the recorded text alone', async () => {
  const record = await recordOf();
  const recorded = traceModel(readTrace(writeTrace(record)));
  const session = await recorded.createSession();
  const { logits } = await session.forward([[3, 1, record.ids[0]!]]);
  expect([...logits[0]!.data]).toEqual(hashedLogits(vocabSize, 9)([3, 1, record.ids[0]!]));
  await session.truncate([2]);
  await expect(session.forward([[(record.ids[0]! + 1) % vocabSize]])).rejects.toMatchObject({
    code: 'unsupported-capability',
    details: { capability: 'context' },
  });
});

test('traceModel keeps the contract of a session: nothing is ignored, one call at a time, none behind dispose', async () => {
  const record = await recordOf();
  const recorded = traceModel(readTrace(writeTrace(record)));
  const session = await recorded.createSession({ rows: 2 });
  const refused = (call: Promise<unknown>, code: string) => expect(call).rejects.toMatchObject({ code });
  await refused(session.forward([[3, 1]]), 'invalid-parameter');
  await refused(session.forward([[3], [vocabSize]]), 'invalid-token-id');
  await refused(session.forward([[], []]), 'empty-prompt');
  await refused(session.forward([[3], [3]], { top: 2 }), 'unsupported-capability');
  await refused(session.forward([[3], [3]], { capture: { attention: true } }), 'unsupported-capability');
  await refused(session.forward([Array(99).fill(3), [3]]), 'context-overflow');
  await refused(session.select([2]), 'invalid-parameter');
  await refused(session.truncate([1, 1]), 'invalid-parameter');
  await refused(recorded.createSession({ rows: -1 }), 'invalid-parameter');
  expect(session.lengths).toEqual([0, 0]);
  const first = session.forward([[3, 1], []]);
  await refused(session.fork(), 'session-busy');
  expect((await first).logits[1]).toBeNull();
  const fork = await session.fork();
  await recorded.dispose();
  for (const each of [session, fork]) await refused(each.truncate([0, 0]), 'disposed');
  await refused(recorded.createSession(), 'disposed');
});

describe('a file that is none', () => {
  /** Reads and verifies; only typed errors may come out. */
  async function probe(bytes: Uint8Array): Promise<'legal' | 'refused'> {
    try {
      await verifyTrace(readTrace(bytes));
      return 'legal';
    } catch (error) {
      expect(NextTokenError.isInstance(error), String((error as Error).stack)).toBe(true);
      expect((error as NextTokenError).code).toBe('invalid-trace');
      return 'refused';
    }
  }

  test('cut off anywhere', async () => {
    const file = writeTrace(await recordOf({ maxNewTokens: 2 }));
    for (let length = 0; length < file.length; length += length < 40 ? 1 : 23) {
      expect(await probe(file.slice(0, length)), `${length}`).toBe('refused');
    }
    expect(await probe(Uint8Array.of(...file, 0))).toBe('refused');
    expect(await probe(file)).toBe('legal');
  });

  test('any byte of it changed', async () => {
    const file = writeTrace(await recordOf({ maxNewTokens: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const bytes = file.slice();
        bytes[place] = bytes[place]! ^ change;
        await probe(bytes);
      }),
      { numRuns: 600 },
    );
  });

  test('any value of the header replaced, by anything', async () => {
    const record = await recordOf({ maxNewTokens: 3 });
    const file = writeTrace(record, { tokenizer, notes: { a: 'b' } });
    const length = new DataView(file.buffer).getUint32(8, true);
    const body = file.slice(16 + length);
    const text = new TextDecoder().decode(file.subarray(16, 16 + length));
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]): void => {
      if (path.length > 0) paths.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, item] of Object.entries(value))
        walk(item, [...path, Array.isArray(value) ? Number(key) : key]);
    };
    walk(JSON.parse(text), []);
    const junk = fc.oneof(
      fc.constantFrom(null, undefined, '', 'x', -1, 0.5, 1e300, 2 ** 40, [], {}, true, [[]], {
        type: 'topK',
        parameters: {},
      }),
      fc.jsonValue(),
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), junk, async (path, value) => {
        const header = JSON.parse(text);
        const parent = path.slice(0, -1).reduce((at, key) => at[key], header);
        parent[path.at(-1)!] = value;
        const json = new TextEncoder().encode(JSON.stringify(header).padEnd(8));
        const padded = Math.ceil(json.length / 8) * 8;
        const bytes = new Uint8Array(16 + padded + body.length).fill(0x20, 16, 16 + padded);
        bytes.set(file.subarray(0, 8));
        new DataView(bytes.buffer).setUint32(8, padded, true);
        bytes.set(json, 16);
        bytes.set(body, 16 + padded);
        if ((await probe(bytes)) === 'refused') refused++;
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});
