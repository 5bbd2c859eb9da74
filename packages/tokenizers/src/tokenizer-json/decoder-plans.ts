import { ReplaceDecoder } from '@huggingface/tokenizers';
import { byteFallbackPlan } from '../decoding/byte-fallback-plan';
import { byteLevelPlan } from '../decoding/byte-level-plan';
import { cleanUpToken } from '../decoding/clean-up-spaces';
import { type DecodingPlan, tokenPlan } from '../decoding/decoding-stage';
import { replacePlan } from '../decoding/replace-plan';
import { stripPlan } from '../decoding/strip-plan';
import { suffixPlan } from '../decoding/suffix-plan';
import type { JsonPart } from './read-json';

const fuse: DecodingPlan = { create: () => ({ push: (piece) => [piece], flush: () => [] }), fuses: true };

/** Reads the `decoder` of tokenizer.json; without one, tokens are joined by spaces. */
export function decoderPlans(config: JsonPart | undefined): DecodingPlan[] {
  if (config === undefined) return [tokenPlan((token, index) => (index === 0 ? token : ` ${token}`))];
  const plans: DecodingPlan[] = [];
  for (const step of flatten(config))
    plans.push(
      readPlan(
        step,
        plans.some((plan) => plan.fuses),
      ),
    );
  return plans;
}

function flatten(config: JsonPart): JsonPart[] {
  return config.value.type === 'Sequence' ? config.parts('decoders').flatMap(flatten) : [config];
}

function readPlan(config: JsonPart, fused: boolean): DecodingPlan {
  const type = config.string('type');
  if (type === 'Fuse') return fuse;
  if (type === 'Strip') {
    const content = config.string('content', ' ');
    return stripPlan(content, config.number('start', 0), config.number('stop', 0), fused);
  }
  if (type === 'Replace' && typeof config.part('pattern').value.String === 'string') {
    const pattern = config.part('pattern').string('String');
    if (pattern === '') throw config.error('pattern', 'must not be empty');
    return replacePlan(pattern, config.string('content', ''), fused);
  }
  if (fused) throw config.error('type', `${type} is not supported behind a decoder that joins the tokens`);
  switch (type) {
    case 'ByteLevel':
      return byteLevelPlan;
    case 'ByteFallback':
      return byteFallbackPlan;
    case 'Replace':
      return regexPlan(config);
    case 'Metaspace':
      return metaspacePlan(config);
    case 'WordPiece':
      return wordPiecePlan(config.string('prefix', '##'), config.flag('cleanup', true));
    case 'BPEDecoder':
      return suffixPlan(config.string('suffix', '</w>'));
    default:
      throw config.error('type', `is a decoder that is not supported: ${type}`);
  }
}

function regexPlan(config: JsonPart): DecodingPlan {
  const pattern = { Regex: config.part('pattern').string('Regex') };
  const decoder = new ReplaceDecoder({ type: 'Replace', pattern, content: config.string('content', '') });
  return tokenPlan((token) => decoder.decode_chain([token]).join(''));
}

function metaspacePlan(config: JsonPart): DecodingPlan {
  const mark = config.string('replacement', '\u2581');
  const scheme = config.string('prepend_scheme', config.flag('add_prefix_space', true) ? 'always' : 'never');
  const prepended = scheme.toLowerCase() !== 'never';
  return tokenPlan((token, index) => token.split(mark).join(index === 0 && prepended ? '' : ' '));
}

function wordPiecePlan(prefix: string, cleanUp: boolean): DecodingPlan {
  return tokenPlan((token, index) => {
    let text = token;
    if (index > 0) text = token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`;
    return cleanUp ? cleanUpToken(text) : text;
  });
}
