import { type TraceVerification, verifyTrace } from '@nexttoken/inspector';
import { NextTokenError } from '@nexttoken/model';
import { modelFlags } from '../arguments/flags';
import type { Command } from '../commands/command';
import { modelName, withModel } from '../model/with-model';
import { printResult } from '../output/print-result';
import { escapeControls } from '../terminal/escape-controls';
import { readTraceFile, tracePath } from './read-trace-file';

export const verify: Command = {
  name: 'verify',
  summary: 'run a trace again: its chain to the bit, its model; says the first step that differs',
  usage: 'FILE [flags]',
  remarks: 'Without --model the one that the trace notes. Exit code 3 where something differs.',
  flags: [...modelFlags, 'no-model', 'json'],
  prepare(args, terminal) {
    const path = tracePath(args);
    return async () => {
      const trace = await readTraceFile(path);
      const { signal } = terminal;
      const name = args.text('model') ?? trace.header.notes?.model ?? modelName(args);
      const found = args.has('no-model')
        ? await verifyTrace(trace, { signal })
        : await withModel(
            args,
            terminal,
            ({ model, tokenizer }) => {
              if (model.vocabSize === trace.run.model.vocabSize)
                return verifyTrace(trace, { model, tokenizer, signal });
              const message = `${path}: the trace is of a model with ${trace.run.model.vocabSize} tokens, ${name} has ${model.vocabSize}`;
              throw new NextTokenError('invalid-run', message, { field: 'model.vocabSize' });
            },
            name,
          );
      printResult(args, terminal, found, () => escapeControls(report(found)));
      return found.same ? undefined : 3;
    };
  },
};

function report({ same, chain, model }: TraceVerification): string {
  const { checked, firstDifference: difference, skipped } = chain;
  const lines = [`${difference ? '✗' : skipped ? '–' : '✓'} chain and sampler: ${checked} steps to the bit`];
  if (skipped) lines.push(`  not replayed: ${skipped}`);
  if (difference) {
    const { step, field, expected, actual } = difference;
    lines.push(`  step ${step}: ${field} was ${JSON.stringify(expected)}, is ${JSON.stringify(actual)}`);
  }
  if (model) {
    const where = model.firstDifference === undefined ? '' : `, from step ${model.firstDifference} on`;
    lines.push(
      `${model.same ? '✓' : '✗'} model: ${model.same ? 'the same' : 'other'} tokens${where}; probabilities within ${model.largestProbabilityDifference.toExponential(1)}`,
    );
  }
  return [...lines, same ? 'the trace holds' : 'the trace does not hold'].join('\n');
}
