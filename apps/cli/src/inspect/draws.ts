import { randomInt } from 'node:crypto';
import { drawHistogram, renderDrawHistogram } from '@nexttoken/inspector';
import { huggingFacePreset } from '@nexttoken/sampling';
import { modelFlags, processorFlags, promptFlags } from '../arguments/flags';
import type { Command } from '../commands/command';
import { readSettings } from '../model/read-settings';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { withRow } from './with-row';

export const draws: Command = {
  name: 'draws',
  summary: 'draws many times from the next row and counts, beside what theory says',
  usage: '[TEXT] [--draws N] [flags]',
  flags: [...promptFlags, 'draws', 'top', ...processorFlags, 'seed', ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const count = args.number('draws', { integer: true, minimum: 1 }) ?? 1000;
    const top = args.number('top', { integer: true, minimum: 1 }) ?? 10;
    const seed = args.number('seed', { integer: true, minimum: 0 }) ?? randomInt(2 ** 32);
    const processors = huggingFacePreset(readSettings(args));
    const prompt = await readPrompt(args, terminal);
    return () =>
      withRow(args, terminal, prompt, ({ loaded, logits, context }) => {
        const scores = logits.slice();
        processors.process(scores, { ...context, row: 0, batchItem: 0 }, processors.initialState?.());
        const histogram = drawHistogram(scores, { count, seed, top, tokenizer: loaded.tokenizer });
        printResult(args, terminal, histogram, () =>
          [`${count} draws, seed ${seed}`, renderDrawHistogram(histogram, rendering(terminal))].join('\n'),
        );
      });
  },
};
