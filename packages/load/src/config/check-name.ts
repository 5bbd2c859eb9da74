import { invalidParameter } from '@nexttoken/model';
import type { ModelFiles } from '../load/load-types';

/** In Node a model has a name. @throws NextTokenError `invalid-parameter` for files, which only browsers hand over */
export function checkName(owner: string, model: string | ModelFiles): string {
  if (typeof model === 'string') return model;
  throw invalidParameter(
    owner,
    'model',
    model,
    'a name, a path or an id: in Node files are loaded by their path',
  );
}
