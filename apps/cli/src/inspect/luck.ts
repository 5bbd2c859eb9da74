import { renderSweptDraws, sweepDraw } from '@nexttoken/inspector';
import { invalidParameter } from '@nexttoken/model';
import { huggingFacePreset } from '@nexttoken/sampling';
import { modelFlags, processorFlags, promptFlags } from '../arguments/flags';
import type { Command } from '../commands/command';
import { readSettings } from '../model/read-settings';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { withRow } from './with-row';

/** What each slider is swept over. */
const sliders = {
  temperature: ['temperature', [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3]],
  'top-k': ['topK', [1, 2, 5, 10, 20, 50, 100]],
  'top-p': ['topP', [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1]],
  'min-p': ['minP', [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]],
  'typical-p': ['typicalP', [0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 1]],
  'repetition-penalty': ['repetitionPenalty', [1, 1.05, 1.1, 1.2, 1.5, 2]],
} as const;
type Slider = keyof typeof sliders;

export const luck: Command = {
  name: 'luck',
  summary: 'the same draw under other settings: which token it would have picked',
  usage: '[TEXT] --draw U [--by SETTING] [flags]',
  remarks: `--by: ${Object.keys(sliders).join(', ')}; the other settings stay as given`,
  flags: [...promptFlags, 'draw', 'by', ...processorFlags, ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const draw = args.number('draw', { minimum: 0 });
    if (draw === undefined || draw >= 1) {
      throw invalidParameter('nexttoken', '--draw', args.text('draw') ?? 'nothing', 'a number in [0, 1)');
    }
    const name = args.text('by') ?? 'temperature';
    if (!Object.hasOwn(sliders, name)) {
      throw invalidParameter('nexttoken', '--by', name, Object.keys(sliders).join(', '));
    }
    const settings = readSettings(args);
    const [option, values] = sliders[name as Slider];
    const prompt = await readPrompt(args, terminal);
    return () =>
      withRow(args, terminal, prompt, ({ loaded, logits, context }) => {
        const make = (value: number) => huggingFacePreset({ ...settings, [option]: value });
        const swept = sweepDraw(logits, values, make, { draw, context, tokenizer: loaded.tokenizer });
        printResult(args, terminal, { draw, by: name, swept }, () =>
          renderSweptDraws(name, swept, rendering(terminal)),
        );
      });
  },
};
