import { describe, expect, it } from 'vitest';
import { createStyle } from './style';

describe('createStyle', () => {
  it('leaves text alone without colours', () => {
    const { bold, dim, accent, failure, probability } = createStyle(false);
    expect([bold('a'), dim('a'), accent('a'), failure('a'), probability('a', 0.5)]).toEqual([
      'a',
      'a',
      'a',
      'a',
      'a',
    ]);
  });

  it('opens and closes with colours, and leaves nothing empty', () => {
    const { bold, probability } = createStyle(true);
    expect(bold('a')).toBe('\u001b[1ma\u001b[22m');
    expect(bold('')).toBe('');
    expect(probability('a', 0)).not.toBe(probability('a', 1));
    expect(probability('a', 1)).toMatch(/m$/);
  });
});
