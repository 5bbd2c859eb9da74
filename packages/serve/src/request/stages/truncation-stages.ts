import type { LogitsProcessor } from '@nexttoken/model';
import {
  dynamicTemperature,
  epsilonCutoff,
  etaCutoff,
  logNormalize,
  minP,
  temperature,
  topH,
  topK,
  topNSigma,
  topP,
  typicalP,
  xtc,
} from '@nexttoken/sampling';
import type { StageReader } from './stage-reader';

function temperatureStage(read: StageReader): LogitsProcessor[] {
  const middle = read.companion<number>('temperature') ?? 1;
  const dynamic = read.stage(
    'dynatemp_range',
    [0],
    (range: number) => {
      const exponent = read.companion<number>('dynatemp_exponent');
      return dynamicTemperature(middle, { range, ...(exponent !== undefined && { exponent }) });
    },
    'dynatemp_exponent',
  );
  return dynamic.length > 0 ? dynamic : read.stage('temperature', [0, 1], temperature);
}

/** What spreads, sharpens and cuts the distribution that is drawn from. */
export function truncationStages(read: StageReader): LogitsProcessor[] {
  return [
    ...temperatureStage(read),
    ...read.stage('top_n_sigma', [-1, 0], topNSigma),
    ...read.stage('top_h', [], topH),
    ...read.stage('top_k', [-1, 0], (k: number) => topK(k)),
    ...read.stage('top_p', [1], (p: number) => topP(p)),
    ...read.stage('min_p', [0], (p: number) => minP(p)),
    ...read.stage('typical_p', [1], (p: number) => typicalP(p)),
    ...read.stage('epsilon_cutoff', [0], (epsilon: number) => epsilonCutoff(epsilon)),
    ...read.stage('eta_cutoff', [0], (epsilon: number) => etaCutoff(epsilon)),
    ...read.stage(
      'xtc_probability',
      [0],
      (probability: number) => {
        const threshold = read.companion<number>('xtc_threshold');
        return xtc(probability, threshold === undefined ? {} : { threshold });
      },
      'xtc_threshold',
    ),
    ...read.stage('renormalize_logits', [false], () => logNormalize()),
  ];
}
