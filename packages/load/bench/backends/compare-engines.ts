import { figure, median } from '@nexttoken/workspace/bench';
import type { Engine } from './engine';

export interface Comparison {
  /** What the figures' names begin with. */
  readonly prefix: string;
  readonly prompt: readonly number[];
  /** Tokens of one measurement. */
  readonly newTokens: number;
  readonly rounds: number;
  /** How often the prompt is read; a median of several where that is cheap. */
  readonly prefills: number;
}

/** Positions that an engine reads before it is timed: as many as a run of its own ever takes, if not a whole long prompt. */
const warmUp = 256;

/** Measures engines in turns and prints their figures, then those of the first one against each other one's. */
export async function compareEngines(engines: readonly Engine[], options: Comparison): Promise<void> {
  const { prefix, prompt, newTokens, rounds, prefills } = options;
  const found = new Map(
    engines.map((engine) => [engine, { first: [], greedy: [], sampled: [], cpu: [] } as Figures]),
  );
  // Every engine reads and writes once before anything counts: programs are compiled, memory is grown.
  for (const engine of engines) await engine.prefill(prompt.slice(0, warmUp));
  for (const engine of engines) await engine.decode({ newTokens: 4, sampled: true });
  for (let round = 0; round < prefills; round++)
    for (const [engine, { first }] of found) first.push(await engine.prefill(prompt));
  for (let round = 0; round < rounds; round++)
    for (const sampled of [false, true])
      for (const [engine, figures] of found) {
        const before = await engine.cpuMilliseconds();
        figures[sampled ? 'sampled' : 'greedy'].push(await engine.decode({ newTokens, sampled }));
        figures.cpu.push(((await engine.cpuMilliseconds()) - before) / newTokens);
      }
  for (const [{ name }, { first, greedy, sampled, cpu }] of found) {
    figure(`${prefix}_first_token_${name}`, median(first), 'ms');
    figure(`${prefix}_greedy_${name}`, median(greedy), 'tok/s');
    figure(`${prefix}_sampled_${name}`, median(sampled), 'tok/s');
    figure(`${prefix}_computed_${name}`, median(cpu), 'ms of cpu a token');
  }
  for (const engine of engines) figure(`${prefix}_peak_${engine.name}`, await engine.peakMegabytes(), 'MB');
  const [ours, ...others] = engines;
  const mine = found.get(ours!)!;
  for (const other of others) {
    const theirs = found.get(other)!;
    const against = `${prefix}_against_${other.name}`;
    figure(`${against}_first_token`, median(theirs.first) / median(mine.first), '×');
    figure(`${against}_greedy`, median(mine.greedy) / median(theirs.greedy), '×');
    figure(`${against}_sampled`, median(mine.sampled) / median(theirs.sampled), '×');
  }
}

interface Figures {
  readonly first: number[];
  readonly greedy: number[];
  readonly sampled: number[];
  readonly cpu: number[];
}
