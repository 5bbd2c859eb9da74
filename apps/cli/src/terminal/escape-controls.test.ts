import { describe, expect, it } from 'vitest';
import { escapeControls, safeJson } from './escape-controls';

describe('escapeControls', () => {
  it('shows controls and leaves text alone', () => {
    expect(escapeControls('a\u001b[31mb\r\u0007\u0000')).toBe('a␛[31mb␍␇␀');
    expect(escapeControls('\u007f\u009b\u202e\u2066\u2028\ufeff')).toBe(
      '␡\\u{9b}\\u{202e}\\u{2066}\\u{2028}\\u{feff}',
    );
    expect(escapeControls('line\n\ttab é 日本 👩‍🚀')).toBe('line\n\ttab é 日本 👩‍🚀');
  });

  it('leaves no control character, whatever comes', () => {
    const all = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)).join('');
    expect(escapeControls(all).replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('safeJson', () => {
  it('is the same value in safe characters', () => {
    const value = { text: 'a\u001b\u007f\u009b\u202e\n\t"é' };
    const json = safeJson(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json).toBe('{"text":"a\\u001b\\u007f\\u009b\\u202e\\n\\t\\"é"}');
  });
});
