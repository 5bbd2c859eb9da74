import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExportedModel, exportShared, useSoftwareVulkan } from '@nexttoken/backend-onnx-node/testing';
import { findBrowser, openBrowser, openPageModel, servePage } from '@nexttoken/backend-onnx-web/testing';
import { generate } from '@nexttoken/generate';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import type { LanguageModel } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';
import { categorical, temperature, topK } from '@nexttoken/sampling';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const executablePath = findBrowser();
const missing = executablePath ? useSoftwareVulkan() : 'there is no Chromium here; set CHROMIUM_PATH';
if (missing) console.info(`skipped: four backends: ${missing}`);

/** How near to a border a draw may lie for two backends to choose differently. */
const nearBorder = 1e-3;
const newTokens = 64;

interface Step {
  readonly id: number;
  readonly draw: number | undefined;
  readonly scores: Float32Array;
}

/** The way one model continues a prompt. */
async function steps(
  model: LanguageModel,
  prompt: readonly number[],
  sampled: boolean,
  maxNewTokens = newTokens,
): Promise<Step[]> {
  const found: Step[] = [];
  const choice = sampled ? { processors: [temperature(0.7), topK(50)], sampler: categorical(), seed: 7 } : {};
  for await (const event of generate({
    model,
    prompt,
    ...choice,
    maxNewTokens,
    capture: { scores: true },
  }))
    if (event.type === 'step') found.push({ id: event.id, draw: event.draw, scores: event.scores });
  return found;
}

/** How far a step's draw lies from the nearest border between two ids. */
function borderDistance({ scores, draw }: Step): number {
  let sum = 0;
  let nearest = 1;
  for (const share of softmax(scores)) {
    if (share === 0) continue;
    nearest = Math.min(nearest, Math.abs(sum - draw!));
    sum += share;
  }
  return Math.min(nearest, Math.abs(sum - draw!));
}

describe.skipIf(!hasShared || missing !== undefined)('four backends choose the same ids', () => {
  const exported = new Map<string, ExportedModel>();
  let browser: Browser;
  let page: Page;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const files = new Map<string, Uint8Array>();
    for (const [name, path] of [
      ['stories260k', sharedPath('data/models/stories260k')],
      ['tales', tinyModelPath('tales')],
    ] as const) {
      const model = await exportShared(path);
      ends.push(() => model.remove());
      exported.set(name, model);
      files.set(`/${name}/graph.onnx`, model.options.graph as Uint8Array);
      files.set(`/${name}/weights.bin`, await readFile(join(model.options.weightsFolder!, 'weights.bin')));
    }
    browser = await openBrowser(executablePath!, { webgpu: true });
    ends.push(() => browser.close());
    const { url, server } = await servePage(files, { isolated: false });
    ends.push(() => server.close());
    page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'backendPage' in globalThis);
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  test.each(['stories260k', 'tales'] as const)('%s, greedy and sampled', async (name) => {
    const prompt = [1, 403, 407, 261];
    const open: Record<string, () => Promise<LanguageModel>> = {
      'node webgpu': () => exported.get(name)!.open({ device: 'webgpu' }),
      'web wasm': () => openPageModel(page, { model: name, device: 'wasm' }),
      'web webgpu': () => openPageModel(page, { model: name, device: 'webgpu' }),
    };
    const cpu = await exported.get(name)!.open();
    const expected = [await steps(cpu, prompt, false), await steps(cpu, prompt, true)];
    await cpu.dispose();
    let borderCases = 0;
    for (const [backend, opening] of Object.entries(open)) {
      const model = await opening();
      for (const [kind, wanted] of expected.entries()) {
        const found = await steps(model, prompt, kind === 1);
        const apart = wanted.findIndex(({ id }, step) => id !== found[step]?.id);
        if (apart < 0) continue;
        const distance = kind === 1 ? borderDistance(wanted[apart]!) : 1;
        expect(distance, `${backend}, step ${apart}`).toBeLessThan(nearBorder);
        borderCases++;
      }
      await model.dispose();
    }
    console.info(`${name}: ${borderCases} of 3 sampled runs left the others at a border`);
  });

  test.each<[string, (name: 'stories260k' | 'tales') => Promise<LanguageModel>]>([
    ['node cpu', (name) => exported.get(name)!.open()],
    ['node webgpu', (name) => exported.get(name)!.open({ device: 'webgpu' })],
    ['web wasm', (model) => openPageModel(page, { model, device: 'wasm' })],
    ['web wasm in the page', (model) => openPageModel(page, { model, device: 'wasm', thread: 'caller' })],
    ['web webgpu', (model) => openPageModel(page, { model, device: 'webgpu' })],
    ['web webgpu in the page', (model) => openPageModel(page, { model, device: 'webgpu', thread: 'caller' })],
  ])('%s: two models at once answer as each alone', async (_, open) => {
    const names = ['stories260k', 'tales'] as const;
    const prompt = [1, 403, 407, 261];
    const ids = async (model: LanguageModel) =>
      (await steps(model, prompt, false, 12)).map((step) => step.id);
    const expected: number[][] = [];
    for (const name of names) {
      const alone = await exported.get(name)!.open();
      expected.push(await ids(alone));
      await alone.dispose();
    }
    const models = await Promise.all(names.map(open));
    expect(await Promise.all(models.map(ids))).toEqual(expected);
    // The one that stays goes on when the other is gone.
    await models[0]!.dispose();
    expect(await ids(models[1]!)).toEqual(expected[1]);
    await models[1]!.dispose();
  });
});
