import { randomInt } from 'node:crypto';
import { type Probe, renderProbe, complete as run } from '@nexttoken/ngram';
import { openNgramIndex } from '@nexttoken/ngram/node';
import { createRandom } from '@nexttoken/numeric';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import { readOrder, readTokens, readTopK, requirePath } from './read-words';
import type { Subcommand } from './subcommand';

export const complete: Subcommand = {
  name: 'complete',
  usage: 'INDEX [TEXT]',
  summary: 'continue a text to the end of its sentence',
  flags: ['order', 'top-k', 'seed', 'max-new-tokens', 'debug', 'json'],
  async prepare(words, args, terminal) {
    const path = requirePath(words, 'an index');
    const topK = readTopK(args);
    const order = readOrder(args);
    const maxTokens = args.number('max-new-tokens', { integer: true, minimum: 0 }) ?? 40;
    const draws = args.has('seed') || args.has('top-k');
    const seed =
      args.number('seed', { integer: true, minimum: 0 }) ?? (draws ? randomInt(2 ** 32) : undefined);
    const tokens = await readTokens(words, terminal);
    return async () => {
      const index = await openNgramIndex(path);
      if (seed !== undefined && !args.has('seed'))
        terminal.note(`${terminal.noteStyle.dim(`seed ${seed}`)}\n`);
      const steps: Probe[] = [];
      const show = args.has('debug') && !args.has('json');
      const { tokens: all, finishReason } = run(index, tokens, {
        ...order,
        topK,
        maxTokens,
        ...(seed !== undefined && { random: createRandom(seed) }),
        onProbe: (step) => {
          terminal.signal.throwIfAborted();
          steps.push(step);
          if (show) terminal.print(`${escapeControls(renderProbe(step, index.vocabulary))}\n`);
        },
      });
      const text = all.join(' ');
      if (!args.has('json')) {
        terminal.print(`${escapeControls(text)}\n`);
        return;
      }
      const told = steps.map(({ tried, matched, token }) => ({ tried: tried.length, matched, token }));
      terminal.print(`${safeJson({ text, finish_reason: finishReason, seed: seed ?? null, steps: told })}\n`);
    };
  },
};
