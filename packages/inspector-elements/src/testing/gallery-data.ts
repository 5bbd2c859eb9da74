import { checkpointModuleTree } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type BeamEvent, beamSearch, generate } from '@nexttoken/generate';
import { createPieceTokenizer } from '@nexttoken/generate/testing';
import {
  type AttentionOverview,
  attentionOverview,
  type BeamTree,
  beamTree,
  compareModels,
  type LensGrid,
  logitLens,
  type ModelComparison,
  type ModuleTreeNode,
  positionTable,
  readLensHead,
} from '@nexttoken/inspector';
import { load } from '@nexttoken/load';
import { hammingDiversity } from '@nexttoken/sampling';
import type { StreamToken } from '../token-stream/stream-token';
import type { Tokenization } from '../tokens/tokenization';
import { tokenizationOf } from '../tokens/tokenization-of';

const prompt = 'The capital of';

/** What the gallery page shows, as JSON: answers of the embedded model. */
export interface GalleryData {
  /** Bytes of all tokens. */
  readonly pieces: readonly (readonly number[])[];
  /** Behind the prompt. */
  readonly logits: readonly number[];
  readonly promptIds: readonly number[];
  readonly stream: readonly StreamToken[];
  readonly milliseconds: readonly number[];
  readonly beams: BeamTree;
  readonly diverse: BeamTree;
  readonly attention: {
    readonly data: readonly number[];
    readonly layers: number;
    readonly heads: number;
    readonly positions: number;
    readonly keys: number;
  };
  readonly overview: AttentionOverview;
  readonly lens: LensGrid;
  readonly modules: ModuleTreeNode;
  readonly comparison: ModelComparison;
  readonly tokenizations: readonly Tokenization[];
}

/** JSON that keeps what it has no words for: -Infinity of an impossible candidate, `undefined` in a pair of bits. */
export function galleryJson(data: GalleryData): string {
  return JSON.stringify(data, function (this: unknown, _: string, value: unknown) {
    if (value === undefined && Array.isArray(this)) return { $undefined: true };
    return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
  });
}

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const list: Event[] = [];
  for await (const event of events) list.push(event);
  return list;
}

export async function makeGalleryData(): Promise<GalleryData> {
  const { model, tokenizer, dispose, source } = await load('tales', { attention: true });
  const chat = await load('tales-chat');
  const promptIds = [...tokenizer.encode(prompt).ids];
  const session = await model.createSession();
  const { logits } = await session.forward([promptIds]);
  const row = [...logits[0]!.data];

  const story = 'Once upon a time';
  const storyLength = tokenizer.encode(story).ids.length;
  const ids = [...tokenizer.encode(story).ids];
  const milliseconds: number[] = [];
  let last = performance.now();
  for await (const event of generate({ model, tokenizer, prompt: story, maxNewTokens: 32, seed: 7 })) {
    if (event.type !== 'step') continue;
    ids.push(event.id);
    milliseconds.push(performance.now() - last);
    last = performance.now();
  }
  const table = await positionTable(model, ids, tokenizer);
  const decoder = tokenizer.createStreamDecoder();
  const stream = table.rows.map(({ id, token, position, prediction }): StreamToken => {
    const text = decoder.push(id);
    const by = position < storyLength ? 'prompt' : position === 9 ? 'hand' : 'sampler';
    if (!prediction) return { id, token, text, by };
    const { surprisal, rank, entropy } = prediction;
    return { id, token, text, by, surprisal, rank, entropy, delta: ((position * 37) % 13) / 3 - 2 };
  });

  const search = { model, tokenizer, prompt, maxNewTokens: 7 };
  const beams: BeamEvent[] = await all(beamSearch({ ...search, numBeams: 3 }));
  const diverse: BeamEvent[] = await all(
    beamSearch({ ...search, numBeams: 4, numBeamGroups: 2, processors: [hammingDiversity(1.5)] }),
  );

  const looking = await model.createSession();
  const seen = await looking.forward([ids.slice(0, 10)], {
    capture: { attention: true, hiddenStates: true },
  });
  const patterns = seen.attention![0]!;
  const checkpoint = await openCheckpointPath(source.path);
  const lens = await logitLens(
    seen.hiddenStates![0]!,
    ids.slice(0, 10),
    await readLensHead(checkpoint),
    tokenizer,
    { positions: 'all', watch: [ids[3]!] },
  );
  const modules = checkpointModuleTree(checkpoint).root;
  await checkpoint.close();
  const text = 'The capital of France is Paris. The boy had a dog, and the dog was happy.';
  const comparison = await compareModels({
    a: { name: 'tales', model, tokenizer },
    b: { name: 'tales-chat', model: chat.model, tokenizer: chat.tokenizer },
    text,
  });
  const bytes = createPieceTokenizer(Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)));
  const pieces = Array.from({ length: row.length }, (_, id) => [...(tokenizer.bytesOf(id) ?? [])]);
  await chat.dispose();
  await dispose();
  return {
    pieces,
    logits: row,
    promptIds,
    stream,
    milliseconds,
    beams: beamTree(beams, tokenizer),
    diverse: beamTree(diverse, tokenizer),
    attention: { ...patterns, data: [...patterns.data] },
    overview: attentionOverview(patterns),
    lens,
    modules,
    comparison,
    tokenizations: [
      tokenizationOf(tokenizer, 'Tokenization, and ten Frenchmen.', 'tales'),
      tokenizationOf(bytes, 'Tokenization, and ten Frenchmen.', 'bytes'),
    ],
  };
}
