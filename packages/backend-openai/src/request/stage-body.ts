import { NextTokenError } from '@nexttoken/model';
import type { StageFields } from '../dialects/dialect';

/** A processor or sampler as data. */
export interface StageData {
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The error for what the server computes otherwise, or not at all. */
export function refuseStage(
  owner: string,
  option: 'processors' | 'sampler',
  { type }: StageData,
  why: string,
  more: Readonly<Record<string, unknown>> = {},
): NextTokenError {
  const details = { owner, option, [option === 'sampler' ? 'sampler' : 'processor']: type, ...more };
  return new NextTokenError('unsupported-option', `${owner}: ${type}: ${why}`, details);
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields that carry one stage. @throws NextTokenError `unsupported-option` that names stage and parameter */
export function stageBody(
  owner: string,
  option: 'processors' | 'sampler',
  stage: StageData,
  { parameters, fixed = {}, absent = {}, fields = {}, form }: StageFields,
): Record<string, unknown> {
  const body: Record<string, unknown> = { ...absent, ...fields };
  for (const [parameter, value] of Object.entries(stage.parameters)) {
    if (value === undefined) continue;
    const field = parameters[parameter];
    if (field !== undefined) {
      body[field] = form === 'map' ? Object.fromEntries(value as readonly [number, number][]) : value;
      const list = Object.values(form === 'map' ? (body[field] as object) : { value });
      if (list.some((each) => typeof each === 'number' && !Number.isFinite(each)))
        throw refuseStage(owner, option, stage, `the server takes finite numbers only for ${parameter}`, {
          parameter,
        });
    } else if (!(parameter in fixed) || !isSame(value, fixed[parameter])) {
      const only = parameter in fixed ? `; it knows ${JSON.stringify(fixed[parameter])} only` : '';
      throw refuseStage(
        owner,
        option,
        stage,
        `the server cannot be told ${parameter} ${JSON.stringify(value)}${only}`,
        {
          parameter,
          value,
        },
      );
    }
  }
  return body;
}
