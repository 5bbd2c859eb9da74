import type { Sampler } from '@nexttoken/model';
import { adaptiveP, categorical, greedy, mirostat, mirostatV2 } from '@nexttoken/sampling';
import { ApiError } from '../http/api-error';
import type { StageReader } from './stages/stage-reader';

function lonely(name: string, main: string): ApiError {
  return new ApiError(400, `${name} has no effect without ${main}`, { param: name, code: 'invalid_value' });
}

/** Which sampler the fields ask for: mirostat 1 or 2, adaptive-p, else a plain draw; at temperature 0 the best token. */
export function readSampler(read: StageReader): Sampler {
  const value = <Value>(name: string): Value | undefined => read.companion<Value>(name);
  const version = value<number>('mirostat') ?? 0;
  const [tau, eta] = [value<number>('mirostat_tau'), value<number>('mirostat_eta')];
  const [target, decay] = [value<number>('adaptive_target'), value<number>('adaptive_decay')];
  if (![0, 1, 2].includes(version)) throw read.fields.wrong('mirostat', '0, 1 or 2');
  if (version === 0 && tau !== undefined) throw lonely('mirostat_tau', 'mirostat');
  if (version === 0 && eta !== undefined) throw lonely('mirostat_eta', 'mirostat');
  if (target === undefined && decay !== undefined) throw lonely('adaptive_decay', 'adaptive_target');
  if (version !== 0 && target !== undefined)
    throw read.fields.wrong('adaptive_target', 'absent where mirostat draws');
  if (value<number>('temperature') === 0) return greedy();
  if (version !== 0) {
    const make = version === 1 ? mirostat : mirostatV2;
    return read.make('mirostat', () => make(tau ?? 5, eta === undefined ? {} : { eta })) as Sampler;
  }
  if (target === undefined) return categorical();
  return read.make('adaptive_target', () =>
    adaptiveP(target, decay === undefined ? {} : { decay }),
  ) as Sampler;
}
