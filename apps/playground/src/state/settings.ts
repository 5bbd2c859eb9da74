import type { LogitsProcessor } from '@nexttoken/model';
import { compile, huggingFacePreset, type ProcessorChain } from '@nexttoken/sampling';

type StageName = 'repetitionPenalty' | 'temperature' | 'topK' | 'topP' | 'minP' | 'typicalP';

/** What the sliders say; a stage at its neutral value is off. */
export interface Settings {
  readonly stages: Readonly<Record<StageName, number>>;
  readonly sampler: 'draw' | 'greedy';
  readonly seed: number;
}

export interface StageControl {
  readonly name: StageName;
  /** As people write it. */
  readonly label: string;
  readonly help: string;
  /** The values from the slider's left end to its right end. */
  readonly values: readonly number[];
  readonly neutral: number;
  /** Whether it removes tokens (else it moves their scores). */
  readonly cuts: boolean;
}

function range(from: number, to: number, step: number): number[] {
  const digits = 1 / step;
  return Array.from({ length: Math.round((to - from) * digits) + 1 }, (_, i) => from + i / digits).map(
    (value) => Math.round(value * 1000) / 1000,
  );
}

/** In the order in which they run, which is Hugging Face's. */
export const stageControls: readonly StageControl[] = [
  {
    name: 'repetitionPenalty',
    label: 'repetition penalty',
    help: 'Divides positive logits of tokens that are in the text already by this number, multiplies negative ones.',
    values: range(1, 2, 0.05),
    neutral: 1,
    cuts: false,
  },
  {
    name: 'temperature',
    label: 'temperature',
    help: 'Divides every score: below 1 the leader gains, above 1 the others do.',
    values: range(0.1, 2, 0.05),
    neutral: 1,
    cuts: false,
  },
  {
    name: 'topK',
    label: 'top-k',
    help: 'Keeps the k highest scores.',
    values: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000, 0],
    neutral: 0,
    cuts: true,
  },
  {
    name: 'topP',
    label: 'top-p',
    help: 'Keeps the likeliest tokens until their probabilities add up to p.',
    values: range(0.05, 1, 0.01),
    neutral: 1,
    cuts: true,
  },
  {
    name: 'minP',
    label: 'min-p',
    help: 'Removes what is less likely than this part of the likeliest token.',
    values: range(0, 0.5, 0.01),
    neutral: 0,
    cuts: true,
  },
  {
    name: 'typicalP',
    label: 'typical-p',
    help: 'Keeps the tokens whose surprise is nearest to the average surprise, until they add up to p.',
    values: range(0.05, 1, 0.01),
    neutral: 1,
    cuts: true,
  },
];

export const initialSettings: Settings = {
  stages: { repetitionPenalty: 1, temperature: 1, topK: 0, topP: 1, minP: 0, typicalP: 1 },
  sampler: 'draw',
  seed: 42,
};

/** The stages that are on, as processors. */
export function processorsOf({ stages }: Settings): LogitsProcessor<readonly unknown[]> {
  return huggingFacePreset(stages);
}

let compiled: { readonly stages: Settings['stages']; readonly chain: ProcessorChain } | undefined;

/** The same, compiled; once for the stages as they stand. */
export function compiledProcessorsOf(settings: Settings): ProcessorChain {
  const { stages } = settings;
  if (compiled?.stages !== stages) compiled = { stages, chain: compile(processorsOf(settings)) };
  return compiled.chain;
}
