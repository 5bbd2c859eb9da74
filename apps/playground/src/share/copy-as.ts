import {
  activeStages,
  orderOfStages,
  type SamplingSettings,
} from '@nexttoken/inspector-elements/sampling-settings';
import { NextTokenError } from '@nexttoken/model';
import type { ChosenSettings } from '../engine/constraint/constraint-settings';
import { constraintCode } from './constraint-code';

/** What a run of its own would need: no text but the prompt leaves the page. */
export interface CopiedRun {
  readonly model: string;
  readonly prompt: string;
  readonly settings: ChosenSettings;
  readonly maxNewTokens: number;
}

/** The stages that the command line has flags for, and the parameter that is the flag's value. */
const flags: Readonly<Record<string, readonly [flag: string, parameter: string]>> = {
  repetitionPenalty: ['repetition-penalty', 'penalty'],
  temperature: ['temperature', 'temperature'],
  topK: ['top-k', 'k'],
  topP: ['top-p', 'p'],
  minP: ['min-p', 'p'],
  typicalP: ['typical-p', 'p'],
};

function unsupported(what: string): NextTokenError {
  const message = `the command has no flag for ${what}: copy it as code`;
  return new NextTokenError('unsupported-option', message, { option: what });
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The run as a command for the terminal.
 * @throws NextTokenError `unsupported-option` that names what no flag says
 */
export function asCommand({ model, prompt, settings, maxNewTokens }: CopiedRun): string {
  const { stages, sampler, seed, beam, constraint } = settings;
  if (constraint && constraint.kind !== 'regex')
    throw unsupported('a text to keep to that is no regular expression');
  if (beam) throw unsupported('beam search');
  if (sampler.type !== 'categorical' && sampler.type !== 'greedy') throw unsupported(sampler.type);
  const active = activeStages(settings).map((place) => stages[place]!);
  if (orderOfStages({ stages: active }) !== 'hugging-face') throw unsupported('this order of the processors');
  const given = active.map(({ type, parameters }) => {
    const [flag, parameter] = flags[type] ?? [];
    if (!flag || !parameter) throw unsupported(type);
    return `--${flag} ${parameters[parameter]}`;
  });
  const draws = sampler.type === 'categorical';
  const named = active.find(({ type }) => type !== 'repetitionPenalty');
  if (!draws && named) throw unsupported(`${named.type} with greedy`);
  const luck = draws ? [`--seed ${seed}`] : ['--greedy'];
  const kept = constraint ? [`--regex ${quoted(constraint.text)}`] : [];
  const all = [`--model ${quoted(model)}`, ...kept, ...given, ...luck, `--max-new-tokens ${maxNewTokens}`];
  return `nexttoken generate ${quoted(prompt)} ${all.join(' ')}`;
}

/** The run as a program of the project's packages. */
export function asCode({ model, prompt, settings, maxNewTokens }: CopiedRun): string {
  const { stages, sampler, seed, beam, constraint } = settings;
  const kept = constraint && constraintCode(constraint);
  const data = (
    kind: string,
    { type, parameters }: Pick<SamplingSettings['sampler'], 'type' | 'parameters'>,
  ) => `fromData(${JSON.stringify({ specification: 'nexttoken-sampling-1', kind, type, parameters })})`;
  const active = activeStages(settings).map((place) => stages[place]!);
  const processors = active.map((stage) => `    ${data('processor', stage)},\n`).join('');
  const head = [
    `import { ${beam ? 'beamSearch' : 'generate'} } from '@nexttoken/generate';`,
    ...(kept ? [`import { ${kept.factory} } from '@nexttoken/grammar';`] : []),
    `import { load } from '@nexttoken/load';`,
    `import { ${['fromData', ...(beam && beam.groups > 1 ? ['hammingDiversity'] : [])].join(', ')} } from '@nexttoken/sampling';`,
    '',
    `const { model, tokenizer, generationConfig, dispose } = await load(${JSON.stringify(model)});`,
  ];
  const shared = [
    '  model,',
    '  tokenizer,',
    `  prompt: ${JSON.stringify(prompt)},`,
    `  processors: [\n${kept ? `    ${kept.call},\n` : ''}${processors}${beam && beam.groups > 1 ? `    hammingDiversity(${beam.diversityPenalty}),\n` : ''}  ],`,
    `  maxNewTokens: ${maxNewTokens},`,
    '  endTokenIds: generationConfig.endTokenIds,',
  ];
  const own = beam
    ? [
        `  numBeams: ${beam.beams},`,
        `  numBeamGroups: ${beam.groups},`,
        `  lengthPenalty: ${beam.lengthPenalty},`,
      ]
    : [`  sampler: ${data('sampler', sampler)},`, `  seed: ${seed},`];
  return [
    ...head,
    `const events = ${beam ? 'beamSearch' : 'generate'}({`,
    ...shared,
    ...own,
    '});',
    "for await (const event of events) if (event.type === 'finish') console.log(event.text);",
    'await dispose();',
    '',
  ].join('\n');
}
