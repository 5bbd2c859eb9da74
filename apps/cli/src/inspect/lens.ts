import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type LensHead, logitLens, readLensHead, renderLensGrid } from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { NextTokenError } from '@nexttoken/model';
import { modelFlags, processorFlags, promptFlags } from '../arguments/flags';
import type { Command } from '../commands/command';
import { promptIds } from '../model/prompt-ids';
import { readSampling } from '../model/read-sampling';
import { withModel } from '../model/with-model';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { readPlaces } from './read-places';

export const lens: Command = {
  name: 'lens',
  summary: 'what each layer would predict if it were the last',
  usage: '[TEXT] [flags]',
  flags: [
    ...promptFlags,
    'positions',
    'top',
    'watch',
    'raw-states',
    'mass',
    ...processorFlags,
    ...modelFlags,
    'json',
  ],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const { processors } = readSampling(args);
    const options = {
      positions: readPlaces(args),
      top: args.number('top', { integer: true, minimum: 1 }),
      watch: args.ids('watch'),
      mass: args.number('mass', { above: 0, maximum: 1 }),
      norm: args.has('raw-states') ? ('none' as const) : undefined,
      processors,
    };
    const prompt = await readPrompt(args, terminal);
    return () =>
      withModel(args, terminal, async (loaded) => {
        const ids = promptIds(loaded, prompt, args);
        const head = await headOf(loaded, terminal.signal);
        const grid = await logitLens(loaded.model, ids, head, loaded.tokenizer, {
          ...options,
          signal: terminal.signal,
          onProgress: ({ done, total }) => terminal.progress(`lens: ${done} of ${total} cells`),
        });
        terminal.progress('');
        printResult(args, terminal, { ids: [...ids], ...grid }, () =>
          renderLensGrid(grid, rendering(terminal)),
        );
      });
  },
};

/** The final norm and output layer, from the files that the model was loaded from. */
async function headOf({ source }: LoadedModel, signal: AbortSignal): Promise<LensHead> {
  if (source.format === 'onnx') {
    const message = `${source.name}: an ONNX file does not give its hidden states out; a checkpoint does`;
    throw new NextTokenError('unsupported-capability', message, { capability: 'hiddenStates' });
  }
  const checkpoint = await openCheckpointPath(source.path, { signal });
  try {
    return await readLensHead(checkpoint, { signal });
  } finally {
    await checkpoint.close();
  }
}
