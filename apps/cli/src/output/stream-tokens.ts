import { performance } from 'node:perf_hooks';
import { type GenerateOptions, generate } from '@nexttoken/generate';
import { displayToken } from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import type { Terminal } from '../terminal/terminal';

const columns = 4;
const cellWidth = 18;

export interface StreamedTokens {
  readonly text: string;
  /** Milliseconds from the call to the first chosen token; NaN when there was none. */
  readonly firstToken: number;
}

/** Generates, and prints every chosen token as it comes, with the probability that the model gave it. */
export async function streamTokens(
  { model, tokenizer, generationConfig }: LoadedModel,
  { print, signal, style }: Terminal,
  options: Pick<GenerateOptions, 'prompt' | 'maxNewTokens' | 'processors' | 'sampler' | 'seed'>,
): Promise<StreamedTokens> {
  const { endTokenIds } = generationConfig;
  const start = performance.now();
  let firstToken = Number.NaN;
  let text = '';
  let column = 0;
  let width = 0;
  for await (const event of generate({ model, tokenizer, endTokenIds, signal, ...options })) {
    if (event.type === 'finish') text = event.text;
    if (event.type !== 'step') continue;
    if (Number.isNaN(firstToken)) firstToken = performance.now() - start;
    const cell = `${displayToken(tokenizer, event.id)} ${Math.round(event.probability * 100)}%`;
    print(
      (column === 0 ? '   ' : ' '.repeat(Math.max(2, cellWidth - width))) +
        style.probability(cell, event.probability),
    );
    width = cell.length;
    column = (column + 1) % columns;
    if (column === 0) print('\n');
  }
  if (column > 0) print('\n');
  return { text, firstToken };
}
