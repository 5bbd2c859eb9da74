import {
  attentionHead,
  attentionOverview,
  renderAttentionHead,
  renderAttentionOverview,
} from '@nexttoken/inspector';
import { type AttentionPatterns, invalidParameter } from '@nexttoken/model';
import { modelFlags, promptFlags } from '../arguments/flags';
import type { Command } from '../commands/command';
import { promptIds } from '../model/prompt-ids';
import { modelName, withModel } from '../model/with-model';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import { readPlaces } from './read-places';

export const attention: Command = {
  name: 'attention',
  summary: 'what one head looks at (--layer, --head); without them every head in numbers',
  usage: '[TEXT] [flags]',
  flags: [...promptFlags, 'layer', 'head', 'mass', 'positions', 'ignore-first', ...modelFlags, 'json'],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const count = { integer: true, minimum: 0 };
    const [layer, head] = [args.number('layer', count), args.number('head', count)];
    if ((layer === undefined) !== (head === undefined)) {
      const [missing, given] = layer === undefined ? ['layer', 'head'] : ['head', 'layer'];
      throw invalidParameter('nexttoken', `--${missing}`, 'nothing', `given beside --${given}`);
    }
    const alone = (['mass', 'positions'] as const).find((flag) => args.has(flag));
    if (layer === undefined && alone) {
      throw invalidParameter('nexttoken', `--${alone}`, 'no head', 'given with --layer and --head');
    }
    const mass = args.number('mass', { minimum: 0, maximum: 1 });
    const places = args.has('positions') ? readPlaces(args) : 'all';
    const ignoreFirst = args.has('ignore-first');
    const prompt = await readPrompt(args, terminal);
    return () =>
      withModel(
        args,
        terminal,
        async (loaded) => {
          const { model, tokenizer } = loaded;
          const ids = promptIds(loaded, prompt, args);
          const session = await model.createSession();
          let patterns: AttentionPatterns;
          try {
            const options = {
              logits: 'none',
              capture: { attention: true },
              signal: terminal.signal,
            } as const;
            patterns = (await session.forward([ids], options)).attention![0]!;
          } finally {
            await session.dispose();
          }
          if (layer === undefined || head === undefined) {
            const overview = attentionOverview(patterns, { ignoreFirst });
            return printResult(args, terminal, overview, () =>
              renderAttentionOverview(overview, rendering(terminal)),
            );
          }
          const positions = places === 'all' ? undefined : places === 'last' ? [ids.length - 1] : places;
          const view = attentionHead(patterns, { layer, head, mass, positions, ids, tokenizer, ignoreFirst });
          const { weights: _weights, ...shown } = view;
          printResult(args, terminal, shown, () => renderAttentionHead(view, rendering(terminal)));
        },
        modelName(args),
        true,
      );
  },
};
