import {
  type ForwardProgress,
  invalidParameter,
  type LanguageModel,
  NextTokenError,
  type Session,
} from '@nexttoken/model';

/** Positions read at once: what bounds the memory for logits. */
const chunkSize = 64;

export interface ReadSettings {
  /** Who asks, for errors. */
  readonly owner: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ForwardProgress) => void) | undefined;
}

/** What is predicted, and the logits that predict it: shape `[vocabSize]`, valid until the next one is asked for. */
export interface PredictionRow {
  readonly id: number;
  readonly logits: Float32Array;
}

function isModel(source: LanguageModel | Session): source is LanguageModel {
  return 'createSession' in source;
}

/** Refuses what does not fit before anything runs; only a model knows its limits. */
function checkIds(owner: string, ids: ArrayLike<number>, model: LanguageModel | undefined): void {
  const vocabSize = model?.vocabSize ?? Number.POSITIVE_INFINITY;
  const contextLength = model?.capabilities.contextLength ?? Number.POSITIVE_INFINITY;
  const length = ids.length - 1;
  if (length > contextLength) {
    const message = `${owner}: ${length} positions do not fit into the model's context of ${contextLength}`;
    throw new NextTokenError('context-overflow', message, { length, contextLength });
  }
  const id = Array.from(ids).find((value) => !(Number.isInteger(value) && value >= 0 && value < vocabSize));
  if (id !== undefined) throw unknownId(owner, id, vocabSize);
}

function unknownId(owner: string, id: number, vocabSize: number): NextTokenError {
  const message = `${owner}: ${id} is not an id in [0, ${vocabSize})`;
  return new NextTokenError('invalid-token-id', message, { id, vocabSize });
}

/**
 * Reads ids and gives for each but the first, in order, the logits that predict it. A model's session is disposed when
 * the last one was taken, or the consumer leaves.
 */
export async function* predictionRows(
  source: LanguageModel | Session,
  ids: ArrayLike<number>,
  { owner, signal, onProgress }: ReadSettings,
): AsyncGenerator<PredictionRow> {
  signal?.throwIfAborted();
  const model = isModel(source) ? source : undefined;
  checkIds(owner, ids, model);
  const step = model?.capabilities.allPositions === false ? 1 : chunkSize;
  const inputs = Int32Array.from(ids).subarray(0, -1);
  const session = model ? await model.createSession() : (source as Session);
  try {
    if (session.rowCount !== 1) throw invalidParameter(owner, 'session.rowCount', session.rowCount, '1');
    for (let start = 0; start < inputs.length; start += step) {
      const chunk = inputs.subarray(start, start + step);
      const request = step === 1 ? 'last' : 'all';
      const { logits } = await session.forward([chunk], { logits: request, signal });
      const { data, vocabSize } = logits[0]!;
      for (let row = 0; row < chunk.length; row++) {
        const id = ids[start + row + 1]!;
        if (id >= vocabSize) throw unknownId(owner, id, vocabSize);
        yield { id, logits: data.subarray(row * vocabSize, (row + 1) * vocabSize) };
      }
      onProgress?.({ done: start + chunk.length, total: inputs.length });
    }
  } finally {
    if (model) await session.dispose();
  }
}
