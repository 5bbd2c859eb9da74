import { describe, expect, test } from 'vitest';
import { readPostProcessor, readTrimming } from './post-processor';
import { readJson } from './read-json';

const part = (config: object) => readJson(config, 'tokenizer.json', 'invalid-file', 'post_processor');
const bert = { type: 'BertProcessing', cls: ['[CLS]', 1], sep: ['[SEP]', 2] };
const bytes = { type: 'ByteLevel', trim_offsets: false };
const template = (...ids: string[]) => ({
  type: 'TemplateProcessing',
  single: ids.map((id) => (id === 'A' ? { Sequence: { id } } : { SpecialToken: { id } })),
  special_tokens: { '<s>': { ids: [5, 6] }, '</s>': { ids: [7] } },
});

describe('readPostProcessor', () => {
  test('what is put around a text', () => {
    expect(readPostProcessor(undefined)).toEqual({ before: [], after: [] });
    expect(readPostProcessor(part(bytes))).toEqual({ before: [], after: [] });
    expect(readPostProcessor(part(bert))).toEqual({ before: [1], after: [2] });
    expect(readPostProcessor(part(template('<s>', 'A', '</s>')))).toEqual({ before: [5, 6], after: [7] });
  });

  test('a sequence puts later ones outside', () => {
    const sequence = { type: 'Sequence', processors: [bytes, bert, template('<s>', 'A')] };
    expect(readPostProcessor(part(sequence))).toEqual({ before: [5, 6, 1], after: [2] });
  });

  test.each([
    ['no text', template('<s>'), 'post_processor.single'],
    ['the text twice', template('A', 'A'), 'post_processor.single'],
    ['a token without ids', template('A', '<x>'), 'post_processor.special_tokens.<x>'],
    ['a pair without an id', { ...bert, cls: '[CLS]' }, 'post_processor.cls'],
  ])('refuses %s', (_, config, field) => {
    expect(() => readPostProcessor(part(config))).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ field }) }),
    );
  });

  test('who trims offsets, and whether a first space is kept', () => {
    expect(readTrimming(undefined)).toEqual([]);
    expect(readTrimming(part(bytes))).toEqual([]);
    expect(readTrimming(part({ type: 'ByteLevel' }))).toEqual([{ keepsPrefixSpace: true }]);
    const roberta = { ...bert, type: 'RobertaProcessing', add_prefix_space: false };
    const sequence = { type: 'Sequence', processors: [bert, roberta] };
    expect(readTrimming(part(sequence))).toEqual([{ keepsPrefixSpace: false }]);
  });
});
