import { renderTokenProbabilities, type Trace, traceProbabilities } from '@nexttoken/inspector';
import type { Command } from '../commands/command';
import { formatBytes } from '../output/format-bytes';
import { printResult } from '../output/print-result';
import { rendering } from '../output/rendering';
import { escapeControls } from '../terminal/escape-controls';
import { readTraceFile, tracePath } from './read-trace-file';

export const trace: Command = {
  name: 'trace',
  summary: 'what a trace file holds: model, settings, every choice',
  usage: 'FILE [flags]',
  flags: ['json'],
  prepare(args, terminal) {
    const path = tracePath(args);
    return async () => {
      const read = await readTraceFile(path);
      printResult(args, terminal, read.header, () => {
        const table = renderTokenProbabilities(traceProbabilities(read), rendering(terminal));
        return [...facts(read), table].map(escapeIfPlain).join('\n');
      });
    };
  },
};

/** Facts come from the file: they may hold anything. The table is the renderer's, which escapes for itself. */
const escapeIfPlain = (text: string, index: number, all: readonly string[]): string =>
  index === all.length - 1 ? text : escapeControls(text);

interface Stage {
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Stages in words, chains taken apart. */
function stageTexts({ type, parameters }: Stage): string[] {
  const { processors } = parameters;
  if (type === 'chain' && Array.isArray(processors)) return processors.flatMap(stageTexts);
  const shown = Object.entries(parameters).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [shown.length > 0 ? `${type} (${shown.join(', ')})` : type];
}

function facts({ header: { run, blocks, notes = {} } }: Trace): string[] {
  const { model, segments, promptIds, ids, reason, text } = run;
  return [
    `model: ${model.id}, ${model.dtype} on ${model.device}, ${model.vocabSize} tokens`,
    `${promptIds.length} prompt tokens, ${ids.length} new ones, ${reason}`,
    ...segments.map(
      ({ start, processors, sampler, token }) =>
        `from step ${start}${token === undefined ? '' : ` (token ${token} put there)`}: ${[...processors, sampler].flatMap(stageTexts).join(' → ')}`,
    ),
    ...blocks.map(
      ({ name, shape, byteLength }) => `${name}: ${shape.join(' × ')}, ${formatBytes(byteLength)}`,
    ),
    ...Object.entries(notes).map(([name, note]) => `${name}: ${note}`),
    `text: ${text}`,
    '',
  ];
}
