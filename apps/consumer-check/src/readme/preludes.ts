import type { Prelude } from './readme-program';

/** What the READMEs take as given before their first line of code, by package. */
const everythingOf = (...names: string[]) =>
  names.map((name) => `Object.assign(globalThis, await import('@nexttoken/${name}'));`).join('\n');

const withModel = `${everythingOf('numeric', 'sampling', 'generate')}
const { load } = await import('@nexttoken/load');
const { model, tokenizer } = await load('tales');
const prompt = 'The capital of France is';
const ids = [...tokenizer.encode(prompt).ids];
const promptLength = ids.length;
`;
const withFiles = `${withModel}
const { readFile, mkdir, rm } = await import('node:fs/promises');
const { openCheckpointPath } = await import('@nexttoken/checkpoint/node');
const signal = AbortSignal.timeout(600_000);
`;

export const preludes: Readonly<Record<string, Prelude>> = {
  sampling: {
    code: `${withModel}
const { readFile, writeFile } = await import('node:fs/promises');
await writeFile('generation_config.json', JSON.stringify({ temperature: 0.7, top_k: 50, do_sample: true }));
const session = await model.createSession();
const { logits: [{ data: logits }] } = await session.forward([ids]);
const context = { ids, promptLength, row: 0, batchItem: 0 };
const random = createRandom(1);
const processors = chain(temperature(0.7), topK(50), topP(0.9));
`,
  },
  generate: {
    code: `${withModel}
const processors = [temperature(0.7)];
const sampler = categorical();
const options = { model, tokenizer, prompt, maxNewTokens: 12 };
const smallModel = (await load('tales')).model;
const chatParts = await load('tales-chat');
const chatTemplate = chatParts.chatTemplate;
const endTokenIds = chatParts.generationConfig.endTokenIds;
`,
  },
  inspector: { code: withModel },
  load: {
    code: `${withFiles}
const onProgress = () => {};
`,
  },
  'tiny-models': {
    code: `
const { readFile: read } = await import('node:fs/promises');
globalThis.fetch = async (url) => new Response(await read(url));
`,
  },
  tokenizers: {
    code: `
const { readFile: read } = await import('node:fs/promises');
const { tinyModelPath } = await import('@nexttoken/tiny-models/node');
const folder = tinyModelPath('tales-chat');
const tokenizerJson = JSON.parse(await read(folder + '/tokenizer.json', 'utf8'));
const tokenizerConfig = JSON.parse(await read(folder + '/tokenizer_config.json', 'utf8'));
`,
  },
  ngram: { code: `${everythingOf('ngram', 'generate')}` },
  checkpoint: {
    code: `${withFiles}
${everythingOf('checkpoint')}
const file = new File([await readFile('models/SmolLM2-135M-Instruct.Q4_1.gguf')], 'model.gguf');
const { tinyModelPath } = await import('@nexttoken/tiny-models/node');
const home = tinyModelPath('tales');
const config = JSON.parse(await readFile(home + '/config.json', 'utf8'));
const shards = [new File([await readFile(home + '/model.safetensors')], 'model.safetensors')];
const index = undefined;
const checkpoint = await openCheckpointPath('models/SmolLM2-135M-Instruct.Q4_1.gguf');
const { writeSafetensors } = await import('@nexttoken/checkpoint');
`,
    separate: true,
  },
  'onnx-export': {
    code: `${withFiles}
const config = JSON.parse(await readFile('models/config.json', 'utf8'));
const checkpoint = await openCheckpointPath('models/SmolLM2-135M-Instruct.Q4_1.gguf');
`,
    separate: true,
  },
  'backend-onnx-node': {
    code: `
const { exportModel } = await import('@nexttoken/load/files');
const { rm, rename, mkdir } = await import('node:fs/promises');
await exportModel('models/SmolLM2.gguf', 'models/smollm2', { dtype: 'fp32' });
`,
  },
  'backend-testkit': {
    code: `
const { createReferenceModel } = await import('@nexttoken/backend-testkit');
const createModel = async () => createReferenceModel();
`,
  },
};
