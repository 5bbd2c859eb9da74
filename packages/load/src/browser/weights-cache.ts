import { NextTokenError } from '@nexttoken/model';
import type {
  WeightsCacheClearing,
  WeightsCacheListing,
  WeightsCacheOptions,
} from '../cache/weights-cache-types';

function noCache(call: string): NextTokenError {
  const message = `${call}: there is no weights cache in a browser`;
  return new NextTokenError('unsupported-capability', message, { capability: 'weights-cache' });
}

/** Node only. @throws NextTokenError `unsupported-capability` */
export async function listWeightsCache(_options: WeightsCacheOptions = {}): Promise<WeightsCacheListing> {
  throw noCache('listWeightsCache');
}

/** Node only. @throws NextTokenError `unsupported-capability` */
export async function clearWeightsCache(_options: WeightsCacheOptions = {}): Promise<WeightsCacheClearing> {
  throw noCache('clearWeightsCache');
}
