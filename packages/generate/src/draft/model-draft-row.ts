import type { LanguageModel, LogitsProcessor, Random, Session } from '@nexttoken/model';
import { argmax } from '@nexttoken/numeric';
import { categorical } from '@nexttoken/sampling';
import { acceptStates } from '../row/accept-states';
import { type CompiledProcessors, compileProcessors } from '../row/compile-processors';
import type { DraftContext, DraftRow, Proposal } from './draft';

const sampler = /* @__PURE__ */ categorical();

/** One row's draft by another model, whose session follows the row: what the row took back is taken back here. */
export class ModelDraftRow implements DraftRow {
  #session: Session | undefined;
  /** The ids that the session holds. */
  #cached: number[] = [];
  #compiled: { readonly from: readonly LogitsProcessor[]; readonly to: CompiledProcessors } | undefined;

  constructor(
    readonly model: LanguageModel,
    readonly tokens: number,
    readonly vocabSize: number,
    readonly random: Random,
  ) {}

  async propose(context: DraftContext): Promise<Proposal> {
    const { processors, sampled, signal, promptLength, row, batchItem } = context;
    const room = this.model.capabilities.contextLength - context.ids.length + 1;
    const count = Math.min(context.count, this.tokens, room);
    const ids = [...context.ids];
    const scores: Float32Array[] = [];
    const compiled = this.#compiledFor(processors);
    let states = context.states;
    for (let index = 0; index < count; index++) {
      const own = await this.#scoresBehind(ids, signal);
      const shared = { ids, promptLength, row, batchItem, random: this.random };
      compiled.process(own, shared, states);
      const next = sampled
        ? sampler.sample(own, { random: this.random, row }, undefined).id
        : Math.max(0, argmax(own));
      if (sampled) scores.push(own);
      states = acceptStates(processors, states, next, { step: ids.length - promptLength, row });
      ids.push(next);
    }
    const proposed = ids.slice(context.ids.length);
    return sampled ? { ids: proposed, scores } : { ids: proposed };
  }

  async dispose(): Promise<void> {
    await this.#session?.dispose();
  }

  /** Compiled once for a run: its processors are always the same list. */
  #compiledFor(processors: readonly LogitsProcessor[]): CompiledProcessors {
    if (this.#compiled?.from !== processors) {
      this.#compiled = { from: processors, to: compileProcessors(processors) };
    }
    return this.#compiled.to;
  }

  /** The draft's logits behind these ids, in a new row as wide as the model's vocabulary. */
  async #scoresBehind(ids: readonly number[], signal: AbortSignal | undefined): Promise<Float32Array> {
    this.#session ??= await this.model.createSession();
    let shared = 0;
    while (shared < this.#cached.length && this.#cached[shared] === ids[shared]) shared++;
    shared = Math.min(shared, ids.length - 1);
    if (shared < this.#cached.length) {
      await this.#session.truncate([shared]);
      this.#cached.length = shared;
    }
    const { logits } = await this.#session.forward([ids.slice(shared)], { signal });
    this.#cached = [...ids];
    const scores = new Float32Array(this.vocabSize).fill(Number.NEGATIVE_INFINITY);
    scores.set(logits[0]!.data.subarray(0, this.vocabSize));
    return scores;
  }
}
