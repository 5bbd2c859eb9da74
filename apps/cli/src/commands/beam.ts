import { type BeamEvent, beamSearch } from '@nexttoken/generate';
import { beamTree, renderBeamTree } from '@nexttoken/inspector';
import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { chain, hammingDiversity } from '@nexttoken/sampling';
import { modelFlags, processorFlags, promptFlags } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { promptIds } from '../model/prompt-ids';
import { readSampling } from '../model/read-sampling';
import { withModel } from '../model/with-model';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { checkPromptFlags, readPrompt } from '../prompt/read-prompt';
import type { Command } from './command';

export const beam: Command = {
  name: 'beam',
  summary: 'beam search as a tree, with what was pruned and why',
  usage: '[TEXT] [flags]',
  remarks: [
    '--early-stopping false ends when no beam is better than the worst finished text, true as',
    'soon as enough texts are finished, never when none can become better at any length.',
    '--groups with --diversity is diverse beam search.',
  ].join('\n'),
  flags: [
    ...promptFlags,
    'beams',
    'groups',
    'diversity',
    'length-penalty',
    'early-stopping',
    'return',
    'max-new-tokens',
    'pruned',
    'stop',
    ...processorFlags,
    ...modelFlags,
    'json',
  ],
  async prepare(args, terminal) {
    checkPromptFlags(args);
    const settings = readSettings(args);
    const pruned = args.number('pruned', { integer: true, minimum: 0 }) ?? 2;
    const processors = readProcessors(args, settings.numBeamGroups);
    const prompt = await readPrompt(args, terminal);
    return () =>
      withModel(args, terminal, async (loaded) => {
        const { model, tokenizer, generationConfig } = loaded;
        const ids = promptIds(loaded, prompt, args);
        const events: BeamEvent[] = [];
        const { signal } = terminal;
        const { endTokenIds } = generationConfig;
        const stopStrings = args.texts('stop');
        const search = {
          model,
          tokenizer,
          prompt: ids,
          endTokenIds,
          stopStrings,
          processors,
          signal,
          ...settings,
        };
        for await (const event of beamSearch(search)) {
          if (event.type === 'beams') terminal.progress(`step ${event.step + 1} of ${settings.maxNewTokens}`);
          events.push(event);
        }
        terminal.progress('');
        const tree = beamTree(events, tokenizer, { lengthPenalty: settings.lengthPenalty });
        printResult(args, terminal, { prompt_ids: [...ids], ...tree }, () =>
          renderBeamTree(tree, { ...rendering(terminal), pruned }),
        );
      });
  },
};

function readSettings(args: ParsedArguments) {
  const count = { integer: true, minimum: 1 };
  const numBeams = args.number('beams', count) ?? 4;
  const numBeamGroups = args.number('groups', count) ?? 1;
  if (numBeams % numBeamGroups !== 0) {
    throw invalidParameter(
      'nexttoken',
      '--groups',
      numBeamGroups,
      `a number that divides --beams, ${numBeams}`,
    );
  }
  const stopping = { false: false, true: true, never: 'never' } as const;
  const when = args.text('early-stopping') ?? 'false';
  if (!Object.hasOwn(stopping, when)) {
    throw invalidParameter('nexttoken', '--early-stopping', when, 'false, true or never');
  }
  return {
    numBeams,
    numBeamGroups,
    lengthPenalty: args.number('length-penalty') ?? 1,
    earlyStopping: stopping[when as keyof typeof stopping],
    numReturnSequences: args.number('return', { ...count, maximum: numBeams }) ?? numBeams,
    maxNewTokens: args.number('max-new-tokens', count) ?? 16,
  };
}

function readProcessors(args: ParsedArguments, groups: number): LogitsProcessor | undefined {
  const { processors } = readSampling(args);
  const penalty = args.number('diversity', { minimum: 0 });
  if (penalty === undefined) return processors;
  if (groups === 1)
    throw invalidParameter('nexttoken', '--diversity', penalty, 'given with --groups above 1');
  return chain(...(processors ? [processors] : []), hammingDiversity(penalty));
}
