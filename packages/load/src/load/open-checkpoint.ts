import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { checkName } from '../config/check-name';
import { checkNodeOptions } from '../config/check-node-options';
import { locateModel } from '../source/locate-model';
import type { OpenCheckpoint } from './load-types';

/** The checkpoint of what {@link load} takes, without running it: its header is read, its tensors on demand. */
export const openCheckpoint: OpenCheckpoint = async (model, options = {}) => {
  checkNodeOptions('openCheckpoint', options);
  const name = checkName('openCheckpoint', model);
  const { signal } = options;
  signal?.throwIfAborted();
  const { path } = await locateModel(name, options);
  return openCheckpointPath(path, signal ? { signal } : {});
};
