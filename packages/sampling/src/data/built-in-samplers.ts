import { adaptiveP } from '../samplers/adaptive-p';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { gumbelMax } from '../samplers/gumbel-max';
import { mirostat } from '../samplers/mirostat';
import { mirostatV2 } from '../samplers/mirostat-v2';
import { withOptions, withoutOptions } from './factory-registration';
import type { SamplerRegistration } from './registration';

/** All samplers of this package, each with the names of its factory's first arguments. */
export const builtInSamplers = (): readonly SamplerRegistration[] => [
  withOptions('adaptiveP', adaptiveP, 'target'),
  withoutOptions('categorical', categorical),
  withoutOptions('greedy', greedy),
  withoutOptions('gumbelMax', gumbelMax),
  withOptions('mirostat', mirostat, 'tau'),
  withOptions('mirostatV2', mirostatV2, 'tau'),
];
