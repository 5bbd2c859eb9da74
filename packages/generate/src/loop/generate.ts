import type { GenerationEvent, RowTokens, StepCapture } from '@nexttoken/model';
import type { GenerateOptions } from '../options/generate-options';
import { type GenerationPlan, planGeneration } from '../options/plan-generation';
import { chooseToken } from '../row/choose-token';
import { finishRow } from '../row/finish-row';
import { acceptToken, createRow, finishReason } from '../row/row';
import { forwardPrompt } from './forward-prompt';
import { forwardTokens } from './forward-tokens';

/**
 * Continues a prompt token by token and reports every decision.
 *
 * Each step: `logits = forward(last ids)`, `scores = processors(copy of logits)`, `id = sampler(scores)`.
 * The prompt is forwarded once, then one id a step; the id chosen last is not forwarded.
 *
 * Events, in order: `prefill` while the prompt is read; for every token a `step` (raw `logit` and
 * `probability`, processed `score` and `share`) and, when text became certain, a `text`; one `finish` at the
 * end. All texts together are the finish event's `text`.
 *
 * Probabilities are relative to the row: a model that knows its best tokens only (`capabilities.logits.top`)
 * gives those all of the mass.
 *
 * The row ends with the reason `end-token` (the id is among `ids`, not in the text), `stop-string` (the text
 * ends before it; `ids` has the tokens that made it), `max-new-tokens`, `context-length` (the cache is full),
 * or `aborted`: the signal ends the run with a finish event, not with an error, and nothing is lost.
 *
 * The loop disposes the session that it opened, also when the consumer leaves early; never the caller's.
 *
 * Cost: one forward a token; beside it the processors, the sampler, and one or two log-sum-exps over the row.
 *
 * @throws NextTokenError at once, before anything runs: `unsupported-option`, `invalid-parameter`,
 *   `empty-prompt`, `invalid-token-id`, `tokenizer-mismatch`, `context-overflow`, `unsupported-capability`;
 *   while running, what the backend, a processor or the sampler throws
 */
export function generate<const Capture extends StepCapture = StepCapture>(
  options: GenerateOptions<Capture>,
): AsyncGenerator<GenerationEvent<Capture>, void, undefined> {
  return run(planGeneration(options)) as AsyncGenerator<GenerationEvent<Capture>, void, undefined>;
}

async function* run(plan: GenerationPlan): AsyncGenerator<GenerationEvent, void, undefined> {
  const { model, signal } = plan;
  const row = createRow(plan, 0);
  const scratch = new Float32Array(plan.processors.length > 0 ? model.vocabSize : 0);
  let session = plan.session;
  let tokens: RowTokens = plan.promptIds;
  try {
    for (;;) {
      const reason = finishReason(row, session?.lengths[0] ?? 0, plan);
      if (reason) return yield* finishRow(row, reason);
      session ??= await model.createSession();
      const logits =
        tokens === plan.promptIds
          ? yield* forwardPrompt(session, tokens, signal)
          : await forwardTokens(session, tokens, signal);
      if (!logits) continue;
      const step = chooseToken(logits, row, plan, scratch);
      acceptToken(row, step.id, plan);
      const text = row.writer.push(step.id);
      yield step;
      if (text !== '') yield { type: 'text', row: row.index, text };
      tokens = [step.id];
    }
  } finally {
    if (session !== plan.session) await session?.dispose();
  }
}
