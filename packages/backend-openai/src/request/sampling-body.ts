import { type StreamRequest, streamProcessors } from '@nexttoken/model';
import type { Dialect } from '../dialects/dialect';
import { plainParameters } from './plain-parameters';
import { refuseStage, type StageData, stageBody } from './stage-body';

const draw: StageData = { type: 'categorical', parameters: {} };

/** Refuses stages that the server would run in another order, or that it has once only. */
function checkOrder(owner: string, stages: readonly StageData[], { processors, order }: Dialect): void {
  const places = Object.keys(processors);
  const stageOf = (type: string): string => (order === 'fixed' ? '' : (processors[type]?.stage ?? type));
  const left = new Set<string>();
  for (const [index, stage] of stages.entries()) {
    const before = stages[index - 1];
    if (stages.findIndex(({ type }) => type === stage.type) < index)
      throw refuseStage(owner, 'processors', stage, 'the server runs it once only');
    if (!before) continue;
    const [from, to] = [stageOf(before.type), stageOf(stage.type)];
    if (from === to && places.indexOf(before.type) > places.indexOf(stage.type))
      throw refuseStage(owner, 'processors', stage, `the server runs it before ${before.type}`, {
        before: before.type,
      });
    if (from !== to) left.add(from);
    if (left.has(to))
      throw refuseStage(owner, 'processors', stage, `the server runs ${to} in one place only`);
  }
}

/** Adds fields; two stages that say different things of one cannot both be honoured. */
function merge(
  owner: string,
  body: Record<string, unknown>,
  stage: StageData,
  fields: Record<string, unknown>,
): void {
  for (const [field, value] of Object.entries(fields)) {
    if (field in body && body[field] !== value)
      throw refuseStage(owner, 'processors', stage, `the server has one ${field} for several stages`, {
        field,
      });
    body[field] = value;
  }
}

/**
 * The fields that say how a server reshapes and draws, its own defaults switched off.
 * @param request as `checkStreamRequest` leaves it: types are known
 * @throws NextTokenError `unsupported-option` for parameters and orders that the server does not have
 */
export function samplingBody(
  owner: string,
  dialect: Dialect,
  request: StreamRequest,
): Record<string, unknown> {
  const stages: readonly StageData[] = streamProcessors(request);
  const sampler: StageData = request.sampler ?? draw;
  if (dialect.order === 'data') {
    const data = (option: 'processors' | 'sampler') => (stage: StageData) => ({
      type: stage.type,
      parameters: plainParameters(owner, option, stage),
    });
    return { processors: stages.map(data('processors')), sampler: data('sampler')(sampler) };
  }
  checkOrder(owner, stages, dialect);
  const chosen = dialect.samplers[sampler.type]!;
  const stranger = chosen.beside && stages.find(({ type }) => !chosen.beside!.includes(type));
  if (stranger)
    throw refuseStage(owner, 'processors', stranger, `${sampler.type} takes its place on the server`);
  const body: Record<string, unknown> = {};
  for (const stage of stages)
    merge(owner, body, stage, stageBody(owner, 'processors', stage, dialect.processors[stage.type]!));
  const drawn = stageBody(owner, 'sampler', sampler, chosen);
  const names = [...stages.map(({ type }) => dialect.processors[type]?.stage), chosen.stage];
  const order = [...new Set(names.filter((name) => name !== undefined))];
  return {
    ...dialect.neutral,
    ...body,
    ...drawn,
    ...(typeof dialect.order === 'object' && { [dialect.order.field]: order }),
  };
}
