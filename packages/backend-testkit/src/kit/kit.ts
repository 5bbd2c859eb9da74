import type { LanguageModel, Logits, Session } from '@nexttoken/model';
import { checkLogits } from '../check/check-logits';
import { compareRow } from '../check/compare-row';
import type { BackendTestOptions, LiveHandles, OutputLayer, ReferenceAnswer } from './backend-test-options';
import { textSource } from './text-source';

/** What every test of the kit works with. */
export interface Kit {
  readonly model: LanguageModel;
  /** Largest allowed difference of a logit. */
  readonly tolerance: number;
  readonly reference: readonly ReferenceAnswer[];
  readonly liveHandles: (() => LiveHandles | Promise<LiveHandles>) | undefined;
  readonly outputLayer: OutputLayer | undefined;
  readonly childProcess: BackendTestOptions['childProcess'];
  /** A further model, disposed after the test. */
  createModel(): Promise<LanguageModel>;
  /** A session of the model, disposed after the test. */
  open(rows?: number): Promise<Session>;
  /** Has a session disposed after the test. */
  keep(session: Session): Session;
  /** Legal ids, the same for the same seed; a shorter text is the beginning of a longer one. */
  text(length: number, seed: number): number[];
  /** The last logits row of a text, computed in one call by a session of its own: the kit's yardstick. */
  alone(ids: readonly number[]): Promise<Float32Array>;
  /** Checks an answer to `logits: 'last'` against {@link Kit.alone}. */
  expectLast(logits: Logits | null | undefined, ids: readonly number[], what: string): Promise<void>;
  /** Disposes what the test left open. */
  cleanUp(): Promise<void>;
}

/** Makes a model and wraps it for one run of the kit. */
export async function createKit(options: BackendTestOptions): Promise<Kit> {
  const model = await options.createModel();
  const { outputLayer } = options;
  const tolerance = options.tolerance?.absolute ?? 2e-4;
  const leftOpen: { dispose(): Promise<void> }[] = [];
  const answers = new Map<string, Float32Array>();
  const keep = <T extends { dispose(): Promise<void> }>(owned: T): T => {
    leftOpen.push(owned);
    return owned;
  };

  const alone = async (ids: readonly number[]): Promise<Float32Array> => {
    const key = ids.join();
    const known = answers.get(key);
    if (known) return known;
    const session = await model.createSession();
    try {
      const { logits } = await session.forward([ids]);
      const row = checkLogits(logits[0], 1, model, `fresh session, ${ids.length} ids`).slice();
      answers.set(key, row);
      return row;
    } finally {
      await session.dispose();
    }
  };

  return {
    model,
    tolerance,
    reference: options.reference ?? [],
    liveHandles: options.liveHandles,
    outputLayer: typeof outputLayer === 'function' ? await outputLayer() : outputLayer,
    childProcess: options.childProcess,
    createModel: async () => keep(await options.createModel()),
    open: async (rows = 1) => keep(await model.createSession({ rows })),
    keep,
    text: textSource(options.prompt ?? Array.from({ length: model.vocabSize }, (_, id) => id)),
    alone,
    async expectLast(logits, ids, what) {
      const actual = checkLogits(logits, 1, model, what).slice();
      compareRow(actual, await alone(ids), { tolerance, model, what });
    },
    async cleanUp() {
      while (leftOpen.length > 0) await leftOpen.pop()?.dispose();
    },
  };
}
