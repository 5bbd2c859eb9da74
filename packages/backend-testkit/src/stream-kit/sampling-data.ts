import type { LogitsProcessor, Sampler } from '@nexttoken/model';

const refuse = (type: string) => (): never => {
  throw new Error(`the kit's ${type} is data for a server: it computes nothing`);
};

/** A sampler as data. */
export function samplerData(type: string): Sampler {
  return { kind: 'sampler', type, parameters: {}, sample: refuse(type) };
}

/** A processor as data, as `@nexttoken/sampling` makes it. */
export function processorData(type: string, parameters: Readonly<Record<string, unknown>>): LogitsProcessor {
  return { kind: 'processor', type, parameters, process: refuse(type) };
}

export const greedySampler = samplerData('greedy');
export const categoricalSampler = samplerData('categorical');
