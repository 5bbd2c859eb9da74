import type { JsonPart } from './read-json';

/** The ids that a post-processor puts around a text. */
export interface AddedAround {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

const nothing: AddedAround = { before: [], after: [] };

/** Reads what the `post_processor` of tokenizer.json adds to a single text. */
export function readPostProcessor(config: JsonPart | undefined): AddedAround {
  if (config === undefined) return nothing;
  const type = config.string('type');
  switch (type) {
    case 'ByteLevel':
      return nothing;
    case 'TemplateProcessing':
      return readTemplate(config);
    case 'BertProcessing':
    case 'RobertaProcessing':
      return { before: [readPairId(config, 'cls')], after: [readPairId(config, 'sep')] };
    case 'Sequence':
      return config.parts('processors').map(readPostProcessor).reduce(nest, nothing);
    default:
      throw config.error('type', `is a post-processor that is not supported: ${type}`);
  }
}

/** How white space at a token's ends is left out of its offsets, one entry a post-processor that does so. */
export interface OffsetTrimming {
  /** Whether a text's first token keeps its leading space, because it was put there. */
  readonly keepsPrefixSpace: boolean;
}

/** Reads which post-processors trim offsets, in order. */
export function readTrimming(config: JsonPart | undefined): OffsetTrimming[] {
  if (config === undefined) return [];
  if (config.value.type === 'Sequence') return config.parts('processors').flatMap(readTrimming);
  const owner = config.value.type === 'ByteLevel' || config.value.type === 'RobertaProcessing';
  if (!owner || !config.flag('trim_offsets', true)) return [];
  return [{ keepsPrefixSpace: config.flag('add_prefix_space', true) }];
}

function nest(inner: AddedAround, outer: AddedAround): AddedAround {
  return { before: [...outer.before, ...inner.before], after: [...inner.after, ...outer.after] };
}

function readTemplate(config: JsonPart): AddedAround {
  const before: number[] = [];
  const after: number[] = [];
  let seen = false;
  for (const piece of config.parts('single')) {
    const special = piece.optionalPart('SpecialToken');
    if (special === undefined) {
      if (piece.part('Sequence').string('id') !== 'A' || seen)
        throw config.error('single', 'must hold one $A');
      seen = true;
      continue;
    }
    const ids = config.part('special_tokens').part(special.string('id')).value.ids;
    if (!Array.isArray(ids) || !ids.every(Number.isInteger)) throw special.error('id', 'has no ids');
    (seen ? after : before).push(...(ids as number[]));
  }
  if (!seen) throw config.error('single', 'must hold $A');
  return { before, after };
}

function readPairId(config: JsonPart, field: string): number {
  const pair = config.value[field];
  const id: unknown = Array.isArray(pair) ? pair[1] : undefined;
  if (!Number.isInteger(id)) throw config.error(field, 'must be a token and its id');
  return id as number;
}
