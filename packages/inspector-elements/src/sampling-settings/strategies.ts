import { newStage } from './new-stage';
import type { SamplingSettings, StageSettings } from './sampling-settings';

/** The stages that a panel begins with: the usual ones in Hugging Face's order, all off. */
export const usualStages: readonly StageSettings[] = [
  newStage('repetitionPenalty', { penalty: 1 }),
  newStage('temperature', { temperature: 1 }),
  newStage('topK', { k: 0 }),
  newStage('topP', { p: 1 }),
  newStage('minP', { p: 0 }),
  newStage('typicalP', { p: 1 }),
];

const draw = { type: 'categorical', parameters: {} };
const greedy = { type: 'greedy', parameters: {} };

/** Draws from the model's own distribution. */
export const initialSettings: SamplingSettings = { stages: usualStages, sampler: draw, seed: 42 };

/** A named way to choose. */
export interface Strategy {
  readonly name: 'greedy' | 'draw' | 'top-k' | 'top-p' | 'beams' | 'diverse-beams';
  readonly label: string;
  readonly help: string;
  /** The settings made so; stages of other kinds go off, the seed stays. */
  apply(settings: SamplingSettings): SamplingSettings;
}

function only(settings: SamplingSettings, wanted: Readonly<Record<string, Record<string, unknown>>>) {
  const { stages, beam: _, ...rest } = settings;
  const found = new Set<string>();
  const kept = stages.map((stage): StageSettings => {
    const parameters = wanted[stage.type];
    if (!parameters || found.has(stage.type)) return { ...stage, enabled: false };
    found.add(stage.type);
    return { ...stage, parameters: { ...stage.parameters, ...parameters }, enabled: true };
  });
  const missing = Object.keys(wanted).filter((type) => !found.has(type));
  return { ...rest, stages: [...kept, ...missing.map((type) => newStage(type, wanted[type]))] };
}

/** The strategies of a picker, from the simplest on. */
export const strategies: readonly Strategy[] = [
  {
    name: 'greedy',
    label: 'greedy',
    help: 'Always the likeliest token.',
    apply: (settings) => ({ ...only(settings, {}), sampler: greedy }),
  },
  {
    name: 'draw',
    label: 'draw from all',
    help: 'Draws from the model’s own distribution.',
    apply: (settings) => ({ ...only(settings, {}), sampler: draw }),
  },
  {
    name: 'top-k',
    label: 'top-k 50',
    help: 'Draws from the 50 likeliest.',
    apply: (settings) => ({ ...only(settings, { topK: { k: 50 } }), sampler: draw }),
  },
  {
    name: 'top-p',
    label: 'top-p 0.9',
    help: 'Draws from the likeliest that hold 90 % together.',
    apply: (settings) => ({ ...only(settings, { topP: { p: 0.9 } }), sampler: draw }),
  },
  {
    name: 'beams',
    label: '4 beams',
    help: 'Follows the four texts that are likeliest as a whole.',
    apply: (settings) => ({
      ...only(settings, {}),
      sampler: greedy,
      beam: { beams: 4, groups: 1, diversityPenalty: 0, lengthPenalty: 1 },
    }),
  },
  {
    name: 'diverse-beams',
    label: '6 beams in 3 groups',
    help: 'Three groups of two beams, each kept away from what the others chose.',
    apply: (settings) => ({
      ...only(settings, {}),
      sampler: greedy,
      beam: { beams: 6, groups: 3, diversityPenalty: 1, lengthPenalty: 1 },
    }),
  },
];
