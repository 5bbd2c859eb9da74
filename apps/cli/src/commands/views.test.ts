import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textWidth } from '@nexttoken/inspector';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import { describe, expect, test, vi } from 'vitest';
import { callRunner } from '../testing/call';

vi.mock('@nexttoken/load', async (original) => {
  const { keepModels } = await import('../testing/keep-models');
  return keepModels(await original<typeof import('@nexttoken/load')>());
});

const call = callRunner();
const lines = (text: string): string[] => text.split('\n');

/** One JSON object on one line, exit code 0. */
async function jsonOf(...args: string[]) {
  const called = await call([...args, '--json']);
  expect([called.code, called.stderr]).toEqual([0, '']);
  expect(lines(called.stdout)).toHaveLength(2);
  return called.json();
}

describe('tokenize', () => {
  test('two tokenizers, aligned by bytes; every step of one', async () => {
    const found = await jsonOf('tokenize', 'Once upon', '--against', 'tales-chat', '--no-special-tokens');
    expect(found.segments.map(({ text }: { text: string }) => text).join('')).toBe('Once upon');
    expect(found.counts).toHaveLength(2);
    expect((await call(['tokenize', 'Once', '--against', 'tales-chat'])).stdout).toContain('bytes a token');
    const steps = await jsonOf('tokenize', 'Once upon', '--steps');
    expect(steps.ids).toEqual((await jsonOf('tokenize', 'Once upon')).ids);
    expect((await call(['tokenize', 'Once upon', '--steps'])).stdout).toMatch(/ → .*\(merge \d+\)/);
    expect((await call(['tokenize', '--ids', '1', '--against', 'tales'])).code).toBe(2);
    expect((await call(['tokenize', 'x', '--steps', '--against', 'tales'])).code).toBe(2);
  });
});

describe('next', () => {
  test('with processors: scores, shares, and who removed a token', async () => {
    const { candidates } = await jsonOf(
      'next',
      'Once upon a time',
      '--top',
      '5',
      '--temperature',
      '1.5',
      '--top-k',
      '2',
    );
    expect(Object.keys(candidates[0])).toEqual([
      'rank',
      'id',
      'token',
      'logit',
      'probability',
      'score',
      'share',
      'removed_by',
    ]);
    expect(candidates.map(({ removed_by }: { removed_by: string }) => removed_by)).toEqual([
      null,
      null,
      'topK',
      'topK',
      'topK',
    ]);
    expect(candidates[0].score).toBeCloseTo(candidates[0].logit / 1.5, 4);
    expect(candidates[2].score).toBeNull();
  });
});

describe('beam', () => {
  test('a tree with reasons, texts best first', async () => {
    const args = ['beam', 'Once upon a time', '--beams', '3', '--max-new-tokens', '4', '--return', '2'];
    const found = await jsonOf(...args);
    expect(found.results).toHaveLength(2);
    expect(found.results[0].score).toBeGreaterThanOrEqual(found.results[1].score);
    expect(found.nodes.some(({ fate }: { fate: string }) => fate === 'pruned')).toBe(true);
    const { stdout } = await call([...args, '--pruned', '1']);
    expect(stdout).toMatch(/└─ /);
    expect(stdout).toContain(`#1  ${found.results[0].score.toFixed(4)}`);
    for (const line of lines(stdout)) expect(textWidth(line)).toBeLessThanOrEqual(80);
  });

  test('diverse groups', async () => {
    const found = await jsonOf(
      'beam',
      'The',
      '--beams',
      '4',
      '--groups',
      '2',
      '--diversity',
      '2',
      '--max-new-tokens',
      '3',
    );
    expect(found.groups).toBe(2);
    expect(found.nodes.some(({ diversity }: { diversity: number }) => diversity < 0)).toBe(true);
  });

  test.each([
    [['--beams', '4', '--groups', '3'], '--groups'],
    [['--early-stopping', 'soon'], '--early-stopping'],
    [['--diversity', '1'], '--diversity'],
    [['--return', '9'], '--return'],
  ])('%j is refused', async (flags, parameter) => {
    const { code, json } = await call(['beam', 'x', '--json', ...flags]);
    expect([code, json().error.parameter]).toEqual([2, parameter]);
  });
});

describe('score', () => {
  test('tokens, words, the worst, alternatives: the same perplexity', async () => {
    const text = 'Once upon a time there was a fox.';
    const tokens = await jsonOf('score', text);
    const words = await jsonOf('score', text, '--by', 'word');
    const top = await jsonOf('score', text, '--top', '2');
    expect(Object.keys(tokens)).toEqual([
      'rows',
      'scored',
      'meanLoss',
      'perplexity',
      'bitsPerByte',
      'groups',
    ]);
    expect(words.groups.length).toBeLessThan(tokens.groups.length);
    expect(words.groups.map((group: { text: string }) => group.text.trim())).toEqual(text.split(' '));
    expect(top.perplexity).toBeCloseTo(tokens.perplexity, 4);
    expect(top.rows[1].prediction.alternatives).toHaveLength(2);
    const worst = await jsonOf('score', text, '--worst', '2');
    expect(worst.worst).toHaveLength(2);
    expect((await call(['score', text, '--window', '5', '--stride', '2'])).stdout).toContain('bits per byte');
  });

  test.each([[['--by', 'letter']], [['--top', '2', '--by', 'word']], [['--window', '1']]])(
    '%j is refused',
    async (flags) => {
      expect((await call(['score', 'some text', ...flags])).code).toBe(2);
    },
  );
});

describe('compare', () => {
  test('one vocabulary: divergences; mixed', async () => {
    const found = await jsonOf('compare', 'Hello, my name', '--against', 'tales-chat', '--mix', '0.5');
    expect(found).toMatchObject({
      names: ['tales', 'tales-chat'],
      alignment: 'ids',
      mixture: { lambda: 0.5 },
    });
    expect(found.meanKl).toBeGreaterThan(0);
    const same = await jsonOf('compare', 'Hello, my name', '--against', 'tales');
    expect([same.meanKl, same.divergences]).toEqual([0, []]);
    const behind = await jsonOf('compare', 'Hello', '--against', 'tales-chat', '--against-chat');
    // Nothing comes before the text for the first side; the template does for the second.
    expect(behind.segments[0].bits).toEqual([null, expect.any(Number)]);
    expect((await call(['compare', 'Hello'])).code).toBe(2);
  });

  test('counts of a text beside a model: one vocabulary, and what was counted is what it knows', async () => {
    const path = join(call.folder(), 'texts.txt');
    await writeFile(path, 'Once upon a time there was a fox.\n'.repeat(20));
    const against = ['compare', 'Once upon a time there was a fox.', '--against-counts', path];
    const found = await jsonOf(...against);
    expect(found).toMatchObject({ names: ['tales', '4-grams of texts.txt'], alignment: 'ids' });
    expect(found.meanKl).toBeGreaterThan(0);
    const later = found.segments.slice(2).map(({ bits }: { bits: number[] }) => bits[1]);
    expect(Math.max(...later)).toBeLessThan(1);
    const single = await jsonOf(...against, '--order', '1');
    expect(single.names[1]).toBe('1-grams of texts.txt');
    expect(single.bits[1]).toBeGreaterThan(found.bits[1]);
    const { stdout, code } = await call([...against, '--csv']);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'start,end,text,tokens tales,bits tales,tokens 4-grams of texts.txt,bits 4-grams of texts.txt,difference,KL bits,JS bits,same guess',
    );
    expect(lines).toHaveLength(found.segments.length + 1);
    expect(Number(lines[2]!.split(',')[6])).toBe(found.segments[1].bits[1]);
  });

  test.each([
    [['--against-counts', 'no-such-file.txt'], 1, 'no-such-file.txt'],
    [['--against', 'tales', '--order', '3'], 2, '--order'],
    [['--against', 'tales', '--against-counts', 'x'], 2, '--against'],
    [['--against-counts', 'x', '--against-chat'], 2, '--against-chat'],
    [['--against', 'tales', '--csv', '--json'], 2, '--csv'],
    [['--against-counts', tinyModelPath('tales', 'model.safetensors')], 1, 'no text in UTF-8'],
  ])('%j: %i, and says why', async (flags, code, words) => {
    const told = await call(['compare', 'Hello', ...flags]);
    expect(told.code).toBe(code);
    // With --json the error is the output.
    expect(told.stdout + told.stderr).toContain(words);
  });
});

describe('inspect', () => {
  test('lens: layers to the output, watched ids, through processors; a grid', async () => {
    const found = await jsonOf(
      'inspect',
      'lens',
      'The capital of France is',
      '--watch',
      '261',
      '--top-k',
      '5',
    );
    const [first, last] = [found.layers[0], found.layers.at(-1)];
    expect([first.name, last.name, last.cells[0].divergence]).toEqual(['embeddings', 'output', 0]);
    expect(last.cells[0]).toMatchObject({ watched: [{ id: 261 }], sampled: { kept: 5 } });
    const next = await jsonOf('next', 'The capital of France is', '--top', '1');
    expect(last.cells[0].top[0].id).toBe(next.candidates[0].id);
    expect(Math.abs(last.cells[0].top[0].logit - next.candidates[0].logit)).toBeLessThan(1e-3);
    const grid = await call(['inspect', 'lens', 'The capital', '--positions', 'all'], undefined, {
      columns: 50,
    });
    expect(grid.stdout).toContain('settled');
    expect((await call(['inspect', 'lens', 'x', '--positions', 'some'])).code).toBe(2);
  });

  test('attention: one head, or all of them in numbers', async () => {
    const overview = await jsonOf('inspect', 'attention', 'Once upon a time');
    expect(overview.summaries).toHaveLength(overview.layers * overview.heads);
    const head = await jsonOf(
      'inspect',
      'attention',
      'Once upon a time',
      '--layer',
      '1',
      '--head',
      '0',
      '--positions',
      'last',
    );
    expect(head.rows).toHaveLength(1);
    expect(head.rows[0].mass).toBeGreaterThanOrEqual(0.9);
    expect(
      (await call(['inspect', 'attention', 'Once upon', '--layer', '0', '--head', '0'])).stdout,
    ).toContain('looks at');
    for (const flags of [
      ['--layer', '1'],
      ['--mass', '0.5'],
      ['--layer', 'x', '--head', '0'],
    ]) {
      expect((await call(['inspect', 'attention', 'x', ...flags])).code).toBe(2);
    }
    const beyond = await call(['inspect', 'attention', 'x', '--layer', '99', '--head', '0', '--json']);
    expect([beyond.code, beyond.json().error.parameter]).toEqual([1, 'layer']);
  });

  test('order, ablation, luck, draws', async () => {
    const lab = await jsonOf('inspect', 'order', 'The', '--temperature', '3', '--top-p', '0.8');
    expect(lab.orders.map(({ name }: { name: string }) => name)).toEqual(['Hugging Face', 'llama.cpp']);
    expect(lab.differing[0]).toBeGreaterThan(lab.differing[1]);
    const parts = await jsonOf('inspect', 'ablation', 'The', '--top-k', '9', '--min-p', '0.01');
    expect(parts.stages.map(({ type }: { type: string }) => type)).toEqual(['topK', 'minP']);
    const { swept } = await jsonOf('inspect', 'luck', 'The', '--draw', '0.9', '--by', 'top-k');
    expect(swept[0]).toMatchObject({ value: 1, share: 1 });
    expect(swept.some(({ flips }: { flips: boolean }) => flips)).toBe(true);
    const histogram = await jsonOf(
      'inspect',
      'draws',
      'Once upon a',
      '--draws',
      '2000',
      '--seed',
      '1',
      '--top-k',
      '3',
    );
    expect(histogram.rows[0].token).toBe('␣time');
    expect(histogram.rows.reduce((sum: number, { drawn }: { drawn: number }) => sum + drawn, 0)).toBe(2000);
    for (const { drawn, expected } of histogram.rows)
      expect(Math.abs(drawn - expected)).toBeLessThan(5 * Math.sqrt(expected) + 1);
    for (const args of [
      ['draws', 'x', '--draws', '0'],
      ['order', 'x'],
      ['ablation', 'x'],
      ['luck', 'x'],
      ['luck', 'x', '--draw', '1'],
      ['luck', 'x', '--draw', '0', '--by', 'seed'],
    ]) {
      expect((await call(['inspect', ...args])).code).toBe(2);
    }
  });

  test('a subcommand takes its own flags only', async () => {
    const { code, json } = await call(['inspect', 'order', 'x', '--layer', '1', '--json']);
    expect([code, json().error]).toEqual([
      2,
      expect.objectContaining({ code: 'unsupported-option', option: '--layer' }),
    ]);
    expect((await call(['inspect', 'nothing'])).code).toBe(2);
  });
});

describe('traces', () => {
  test('written by generate, shown, verified: exit code 3 where something differs', async () => {
    const path = join(call.folder(), 'run.trace');
    const flags = ['--temperature', '1.2', '--top-k', '30', '--seed', '4', '--max-new-tokens', '6'];
    const plain = await jsonOf('generate', 'Once upon', ...flags);
    const traced = await jsonOf('generate', 'Once upon', ...flags, '--trace', path);
    expect(traced).toEqual(plain);
    const header = await jsonOf('inspect', 'trace', path);
    expect(header).toMatchObject({
      format: 'nexttoken-trace-1',
      run: { ids: plain.ids },
      notes: { model: 'tales' },
    });
    expect((await call(['inspect', 'trace', path])).stdout).toContain(
      'temperature (temperature 1.2) → topK (k 30',
    );
    const found = await jsonOf('inspect', 'verify', path);
    expect(found).toMatchObject({ same: true, chain: { checked: 6 }, model: { same: true } });

    const other = await call(['inspect', 'verify', path, '--model', 'tales-chat']);
    expect([other.code, other.stdout]).toEqual([3, expect.stringContaining('the trace does not hold')]);
    const chain = await call(['inspect', 'verify', path, '--no-model']);
    expect([chain.code, lines(chain.stdout)[0]]).toEqual([0, '✓ chain and sampler: 6 steps to the bit']);

    const damaged = join(call.folder(), 'damaged.trace');
    await writeFile(damaged, 'NTTRACE');
    const refused = await call(['inspect', 'trace', damaged, '--json']);
    expect([refused.code, refused.json().error]).toEqual([
      1,
      expect.objectContaining({ code: 'invalid-trace', path: damaged }),
    ]);
    expect((await call(['inspect', 'verify', 'no/such/file', '--json'])).json().error.code).toBe(
      'file-not-found',
    );
    expect((await call(['inspect', 'trace'])).code).toBe(2);
  });
});

describe('model and bench', () => {
  test('modules as bars, searched, and what a token costs', async () => {
    const { stdout } = await call(['model', '--bars']);
    expect(stdout).toContain('KV cache');
    expect(stdout).toContain('100.0 %');
    const found = await call(['model', '--search', 'q_proj']);
    expect(lines(found.stdout).filter((line) => line.includes('_proj'))).toHaveLength(1);
    expect((await call(['model', '--plain', '--bars'])).code).toBe(2);
  });

  test('bench: figures of this machine', async () => {
    const found = await jsonOf('bench', '--tokens', '2', '--prompt-tokens', '4', '--rounds', '2');
    expect(found).toMatchObject({ rounds: 2, prompt_tokens: 4, tokens: 2, model: { name: 'tales' } });
    expect(found.decode_tokens_per_second).toBeCloseTo(1000 / found.decode_ms_per_token, 6);
    const text = await call(['bench', '--tokens', '1', '--prompt-tokens', '1', '--rounds', '1']);
    expect(text.stdout).toMatch(/decode: .* tokens\/s/);
    expect((await call(['bench', '--prompt-tokens', '99999'])).code).toBe(1);
    expect((await call(['bench', 'x'])).code).toBe(2);
  });
});

describe('chat', () => {
  test('a message an answer; the conversation goes on', async () => {
    const args = ['chat', '--model', 'tales-chat', '--max-new-tokens', '6'];
    const talked = await call([...args, '--json'], 'Hello!\n\nWhat is a cat?\n');
    const answers = lines(talked.stdout.trim()).map((line) => JSON.parse(line));
    expect(answers.map(({ message }) => message)).toEqual(['Hello!', 'What is a cat?']);
    expect(Object.keys(answers[0])).toEqual(['message', 'text', 'ids', 'finish_reason', 'left_out']);
    const once = await call([...args, 'Hello!']);
    expect(once.stdout).toBe(`${answers[0].text}\n`);
    const seeded = await call([...args, 'Hello!', '--temperature', '1', '--system', 'Be kind.']);
    expect(seeded.stderr).toMatch(/^seed \d+\n$/);
  });
});
