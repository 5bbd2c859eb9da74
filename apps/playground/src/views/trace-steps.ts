import type { TraceStep } from '@nexttoken/model';
import { html, nothing, type TemplateResult } from 'lit';
import type { TokenizeResult } from '../engine/views/view-protocol';

const visible = (text: string) => text.replaceAll(' ', '␣').replaceAll('\n', '⏎').replaceAll('\t', '⇥');

function partsOf(step: TraceStep): readonly string[] {
  if (step.step === 'model') return step.words.flatMap(({ tokens }) => tokens.map(({ token }) => token));
  if (step.step === 'post-processor') return step.tokens.map(({ token }) => token);
  return step.pieces.map(({ text }) => text);
}

function nameOf(step: TraceStep): string {
  return 'type' in step ? `${step.step}: ${step.type}` : step.step;
}

/** The merges of the longest word: how its symbols became tokens. */
function merges(step: TraceStep): TemplateResult | typeof nothing {
  if (step.step !== 'model') return nothing;
  const longest = [...step.words].sort((a, b) => (b.merges?.length ?? 0) - (a.merges?.length ?? 0))[0];
  if (!longest?.merges?.length) return nothing;
  return html`<p class="note">“${visible(longest.text)}” by ${longest.merges.length} merges:
    ${longest.merges.map(({ left, right, rank }) => html`<code title=${`rank ${rank}`}>${visible(left)}·${visible(right)}</code> `)}</p>`;
}

/** Every step from the text to its ids. */
export function traceSteps({ name, steps }: NonNullable<TokenizeResult['trace']>): TemplateResult {
  return html`<details class="trace-steps">
    <summary>How ${name} cuts it, in ${steps.steps.length} steps</summary>
    <ol>${steps.steps.map(
      (step) => html`<li><b>${nameOf(step)}</b>
        <p class="trace-parts">${partsOf(step).map((part) => html`<span class="trace-part">${visible(part)}</span>`)}</p>
        ${merges(step)}</li>`,
    )}</ol>
  </details>`;
}
