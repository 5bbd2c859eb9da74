import { readRun } from '@nexttoken/generate';
import type { TraceBlock, TraceBlockName, TraceHeader } from './trace-data';
import { aligned, bytesPerNumber, dtypeOf, invalidTrace, traceFormat } from './trace-layout';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isStage = (value: unknown): boolean =>
  isObject(value) && isText(value.type) && isObject(value.parameters);
const isIds = (value: unknown): boolean => Array.isArray(value) && value.every(isCount);

function check(legal: boolean, field: string, expected: string): void {
  if (!legal) throw invalidTrace(field, `is not ${expected}`);
}

function isRandomState(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { algorithm, key, counter, used } = value;
  return isText(algorithm) && isIds(key) && isIds(counter) && isCount(used);
}

function checkSegment(segment: unknown, field: string): void {
  check(isObject(segment), field, 'an object');
  const { token, processors, sampler, random, ...rest } = segment as Fields;
  check(token === undefined || isCount(token), `${field}.token`, 'an id');
  check(Array.isArray(processors) && processors.every(isStage), `${field}.processors`, 'a list of stages');
  check(isStage(sampler), `${field}.sampler`, 'a stage');
  check(isRandomState(random), `${field}.random`, "a random source's state");
  for (const name of ['maxNewTokens', 'maxLength', 'minNewTokens', 'endTokenInTop']) {
    check(rest[name] === undefined || isCount(rest[name]), `${field}.${name}`, 'a count');
  }
  for (const name of ['endTokenIds', 'stopTokenIds']) {
    check(rest[name] === undefined || isIds(rest[name]), `${field}.${name}`, 'a list of ids');
  }
  const { stopStrings, skipSpecialTokens: skip } = rest;
  const texts = stopStrings === undefined || (Array.isArray(stopStrings) && stopStrings.every(isText));
  check(texts, `${field}.stopStrings`, 'a list of texts');
  check(skip === undefined || typeof skip === 'boolean', `${field}.skipSpecialTokens`, 'true or false');
}

/** `readRun` looks at the frame; this looks at everything else that is used. */
function checkRun(run: unknown): void {
  check(isObject(run), 'run', 'a run');
  const { model, text, reason, steps, draws, ids, promptIds, segments } = run as Fields;
  for (const [name, value] of Object.entries({ promptIds, ids }))
    check(isIds(value), `run.${name}`, 'a list of ids');
  check(isObject(model), 'run.model', 'an object');
  const { id, vocabSize, backend, device, dtype, hash } = model as Fields;
  check([id, backend, device, dtype].every(isText), 'run.model', 'id, backend, device and dtype as texts');
  check(hash === undefined || isText(hash), 'run.model.hash', 'a text');
  check(isCount(vocabSize) && vocabSize > 0, 'run.model.vocabSize', 'a positive integer');
  check(isText(text), 'run.text', 'a text');
  check(isText(reason), 'run.reason', 'a text');
  const isDraw = (value: unknown): boolean =>
    value === null || (typeof value === 'number' && value >= 0 && value < 1);
  check(Array.isArray(draws) && draws.every(isDraw), 'run.draws', 'a list of numbers in [0, 1)');
  check(Array.isArray(segments), 'run.segments', 'a list');
  for (const [index, segment] of (segments as unknown[]).entries())
    checkSegment(segment, `run.segments[${index}]`);
  const isStep = (value: unknown): boolean =>
    value === null ||
    (isObject(value) &&
      ['logit', 'probability', 'score', 'share'].every((name) => typeof value[name] === 'number'));
  check(Array.isArray(steps) && steps.every(isStep), 'run.steps', 'a list of steps');
  const all = [...(promptIds as number[]), ...(ids as number[])];
  check(
    all.every((one) => one < (vocabSize as number)),
    'run.ids',
    'within the vocabulary',
  );
  try {
    readRun(run as object);
  } catch (error) {
    throw invalidTrace('run', 'is no run', error);
  }
}

function checkBlock(block: unknown, index: number): void {
  const field = `blocks[${index}]`;
  check(isObject(block), field, 'an object');
  const { name, dtype, shape, offset, byteLength, crc32 } = block as Fields;
  check(isText(name) && Object.hasOwn(dtypeOf, name), `${field}.name`, 'a known name');
  check(dtype === dtypeOf[name as TraceBlockName], `${field}.dtype`, dtypeOf[name as TraceBlockName]);
  check(Array.isArray(shape) && shape.every(isCount), `${field}.shape`, 'a list of sizes');
  const count = (shape as number[]).reduce((product, size) => product * size, 1);
  check(
    isCount(byteLength) && byteLength === count * bytesPerNumber(dtypeOf[name as TraceBlockName]),
    `${field}.byteLength`,
    'what the shape needs',
  );
  check(isCount(offset), `${field}.offset`, 'a place');
  check(isCount(crc32), `${field}.crc32`, 'a checksum');
}

function checkShapes({ blocks, steps, run }: TraceHeader): void {
  const shapes = new Map(blocks.map(({ name, shape }) => [name, shape]));
  const rows = [steps.length, run.model.vocabSize];
  const width = shapes.get('top-ids')?.[1] ?? 0;
  const expected: Partial<Record<TraceBlockName, readonly number[]>> = {
    logits: rows,
    scores: rows,
    'top-ids': [steps.length, width],
    'top-logits': [steps.length, width],
    'log-totals': [steps.length],
  };
  for (const [index, { name, shape }] of blocks.entries()) {
    const wanted = expected[name];
    const fits = wanted
      ? wanted.length === shape.length && wanted.every((size, i) => size === shape[i])
      : shape.length === (name === 'attention' ? 4 : 3);
    check(fits, `blocks[${index}].shape`, `a shape of ${name}`);
  }
  const top = ['top-ids', 'top-logits', 'log-totals'].filter((name) => shapes.has(name as TraceBlockName));
  check(top.length === 0 || top.length === 3, 'blocks', 'top-ids, top-logits and log-totals together');
}

/**
 * Checks a parsed header in full, so that everything behind it can rely on it.
 * @param room bytes behind the header
 * @throws NextTokenError `invalid-trace`; details: field
 */
export function checkHeader(value: unknown, room: number): TraceHeader {
  check(isObject(value), 'header', 'an object');
  const { format, run, steps, tokens, notes, blocks } = value as Fields;
  check(format === traceFormat, 'format', traceFormat);
  checkRun(run);
  check(isIds(steps), 'steps', 'a list of steps');
  const list = steps as number[];
  const { length } = (run as { readonly ids: readonly number[] }).ids;
  check(
    list.every((step, i) => step < length && step > (list[i - 1] ?? -1)),
    'steps',
    'ascending steps of the run',
  );
  const isToken = (pair: unknown): boolean => Array.isArray(pair) && isCount(pair[0]) && isText(pair[1]);
  check(
    tokens === undefined || (Array.isArray(tokens) && tokens.every(isToken)),
    'tokens',
    'pairs of id and text',
  );
  check(notes === undefined || (isObject(notes) && Object.values(notes).every(isText)), 'notes', 'texts');
  check(Array.isArray(blocks), 'blocks', 'a list');
  (blocks as unknown[]).forEach(checkBlock);
  const header = value as unknown as TraceHeader;
  let end = 0;
  for (const [index, { offset, byteLength }] of header.blocks.entries()) {
    check(offset === end, `blocks[${index}].offset`, 'where the block before ends');
    end += aligned(byteLength);
  }
  check(end === room, 'blocks', `as long as the file: ${end} bytes are needed, ${room} are there`);
  const names = new Set(header.blocks.map(({ name }: TraceBlock) => name));
  check(names.size === header.blocks.length, 'blocks', 'each of another name');
  checkShapes(header);
  return header;
}
