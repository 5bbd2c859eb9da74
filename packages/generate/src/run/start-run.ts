import { checkOptionNames, NextTokenError } from '@nexttoken/model';
import type { Draft } from '../draft/draft';
import { generateOptionNames, planGeneration } from '../options/plan-generation';
import { createLiveRun, type LiveRun } from './live-run';
import type { Run } from './run';
import type { RunOptions } from './run-options';

const others = [
  'prompts',
  'numReturnSequences',
  'seeds',
  'negativePrompt',
  'maxTime',
  'contextOverflow',
  'draft',
  'session',
  'previousIds',
];
const optionNames = [...generateOptionNames.filter((name) => !others.includes(name)), 'modelHash', 'onEvent'];

/** The run of options, with a draft that a replay may use. */
export async function beginRun(options: RunOptions, draft?: Draft): Promise<LiveRun> {
  const { modelHash: _hash, onEvent: _onEvent, ...rest } = options;
  checkOptionNames('startRun: capture', options.capture ?? {}, ['logits', 'scores']);
  const { rows, model } = planGeneration(rest);
  if (rows[0]!.negativeIds) {
    throw new NextTokenError('unsupported-capability', 'startRun: a run has one row, none for guidance', {
      capability: 'guidance',
    });
  }
  return createLiveRun({
    options,
    session: await model.createSession(),
    promptIds: Array.from(rows[0]!.promptIds),
    kept: [],
    segments: [],
    token: undefined,
    processorStates: undefined,
    samplerState: undefined,
    random: rows[0]!.random,
    draft,
  });
}

/**
 * Generates, and keeps the run as a value: its record can be saved, replayed and verified, and other runs can
 * branch from any of its steps, in a fork of its KV cache.
 *
 * Cost: as `generate`; the session stays open until `dispose`.
 * @throws NextTokenError what `generate` throws; then nothing stays open
 */
export async function startRun(options: RunOptions): Promise<Run> {
  checkOptionNames('startRun', options, optionNames);
  return beginRun(options);
}
