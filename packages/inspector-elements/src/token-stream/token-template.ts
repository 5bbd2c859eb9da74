import { html, nothing, type TemplateResult } from 'lit';
import { vars } from '../element/vars';
import type { StreamColour, StreamToken } from './stream-token';
import { tokenFacts, tokenLevel } from './token-level';

const glyphs: Readonly<Record<string, string>> = { ' ': '␣', '\n': '⏎', '\t': '⇥' };

/** White space as marks that are seen; line breaks still break. */
function visible(text: string): TemplateResult[] {
  return Array.from(text, (character) => {
    const glyph = glyphs[character];
    if (!glyph) return html`${character}`;
    return html`<span class="glyph">${glyph}</span>${character === ' ' ? nothing : character}`;
  });
}

export interface TokenView {
  readonly token: StreamToken;
  readonly index: number;
  readonly colour: StreamColour;
  /** Overrides the token's own level: that of the group it belongs to. */
  readonly level?: number | undefined;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isPinned: boolean;
  readonly showsWhitespace: boolean;
}

/** One token of the text, as an option of the list. No white space may stand between its tags. */
export function tokenTemplate(view: TokenView): TemplateResult {
  const { token, index, colour, isActive, isSelected, isPinned, showsWhitespace } = view;
  const level = view.level ?? tokenLevel(token, colour);
  const facts = tokenFacts(token);
  const isBetter = colour === 'delta' && (token.delta ?? 0) > 0;
  const classes = [
    'one',
    token.by ? `by-${token.by}` : '',
    isActive ? 'active' : '',
    isSelected ? 'selected' : '',
    isPinned ? 'pinned' : '',
  ];
  const ink = ['ink', level === undefined ? '' : 'lined', isBetter ? 'better' : ''].join(' ').trim();
  const word = token.text.trimStart();
  const space = token.text.slice(0, token.text.length - word.length);
  const isSilent = token.special || token.text === '';
  const inner = isSilent
    ? html`<span class=${`${ink} silent`} ${vars({ '--level': level ?? 0 })}>${token.token}</span>`
    : html`${showsWhitespace ? visible(space) : space}<span class=${ink} ${vars({ '--level': level ?? 0 })}>${
        showsWhitespace ? visible(word) : word || '\u200b'
      }</span>`;
  return html`<span class=${classes.filter(Boolean).join(' ')} part="token" role="option" id=${`token-${index}`}
    data-index=${index} aria-selected=${isSelected} title=${[`${token.token} · id ${token.id}`, ...facts].join('\n')}
    aria-label=${[token.token, ...facts, isPinned ? 'pinned' : ''].filter(Boolean).join(', ')}>${inner}</span>`;
}
