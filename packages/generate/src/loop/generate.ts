import type { GenerateCapture, GenerateEvent } from '../events/generate-event';
import { objectEvents } from '../object/object-events';
import type { GenerateOptions } from '../options/generate-options';
import { planGeneration } from '../options/plan-generation';
import { runPlan } from './run-rows';

/**
 * Continues one or several prompts token by token and reports every decision.
 *
 * Each step: `logits = forward(last ids)`, `scores = processors(copy of logits)`, `id = sampler(scores)`.
 * A prompt is forwarded once, however many continuations it gets, then one id a step; the id chosen last is
 * not forwarded. Rows differ in length without padding; a row that has ended sits the others' steps out.
 *
 * Events, in order: `prefill` while the prompts are read; for every token a `step` (raw `logit` and
 * `probability`, processed `score` and `share`) and, when text became certain, a `text`; one `finish` for each
 * row. All texts of a row together are its finish event's `text`.
 *
 * Probabilities are relative to the row: a model that knows its best tokens only (`capabilities.logits.top`)
 * gives those all of the mass.
 *
 * A row ends with the reason `end-token` (the id is among `ids`, not in the text), `stop-token` (in both),
 * `stop-string` (the text ends before it; `ids` has the tokens that made it), `stop-condition`,
 * `end-token-in-top`, `max-new-tokens`, `max-length`, `max-time`, `context-length` (the cache is full),
 * or `aborted`: the signal ends the run with finish events, not with an error, and nothing is lost.
 *
 * With a `draft` the output is what it is without one: for samplers that choose without chance, and for drafts
 * without chance (prompt lookup), token for token, with the same draws; for a draft model and the `categorical`
 * sampler in distribution. The finish event says how often the draft was right.
 *
 * With a grammar (`object`, or one among `processors`) tokens that have to follow are appended without a forward, as a
 * `forced` event; a text that is all its grammar asks for ends by itself, with `stop-condition` where no end token can
 * say so. `object` adds the value: `object` events while it grows, and `object` with `objectStatus` in the finish event.
 *
 * The loop disposes the session that it opened, also when the consumer leaves early; never the caller's.
 *
 * Cost: one forward a token for all rows together; beside it, for each row, the processors (compiled: see `compile`
 * of `@nexttoken/sampling`), the sampler, and one or two log-sum-exps. `capture: { trace: true }` runs the processors
 * one by one instead, with two exponentials a token and stage.
 *
 * @throws NextTokenError at once, before anything runs: `unsupported-option`, `invalid-parameter`,
 *   `empty-prompt`, `invalid-token-id`, `tokenizer-mismatch`, `context-overflow`, `unsupported-capability`;
 *   while running, what the backend throws, and with step and row: `invalid-logits`, `processor-failed`,
 *   `sampler-failed`, `stop-condition-failed`, `draft-failed`, or the code of the processor's or sampler's own error
 */
export function generate<const Capture extends GenerateCapture = GenerateCapture, Value = never>(
  options: GenerateOptions<Capture, Value>,
): AsyncGenerator<GenerateEvent<Capture, Value>, void, undefined> {
  const plan = planGeneration(options as unknown as GenerateOptions);
  const events = runPlan(plan);
  const all = plan.object ? objectEvents(events, plan.object) : events;
  return all as AsyncGenerator<GenerateEvent<Capture, Value>, void, undefined>;
}
