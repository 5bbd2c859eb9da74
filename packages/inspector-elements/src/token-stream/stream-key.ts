import { html, nothing, type TemplateResult } from 'lit';
import { vars } from '../element/vars';
import type { StreamColour, StreamToken } from './stream-token';
import { keyOf } from './token-level';

interface StreamKey {
  readonly tokens: readonly StreamToken[];
  readonly colour: StreamColour;
  readonly isTable: boolean;
  readonly onColour: (event: Event) => void;
  readonly onView: () => void;
}

const levels = [0, 0.25, 0.5, 0.75, 1];

function knows(tokens: readonly StreamToken[], colour: StreamColour): boolean {
  const field = colour === 'probability' ? 'surprisal' : colour;
  return field === 'none' || tokens.some((token) => token[field] !== undefined);
}

/** What the underline means, to choose from what the tokens know, and the way to their table. */
export function streamKey({ tokens, colour, isTable, onColour, onView }: StreamKey): TemplateResult {
  const [, low, high] = keyOf[colour];
  const all = Object.keys(keyOf) as StreamColour[];
  const known = all.filter((each) => each === colour || knows(tokens, each));
  return html`<div class="key" part="controls">
    <label>underline <select @change=${onColour}>${known.map(
      (each) => html`<option value=${each} ?selected=${each === colour}>${keyOf[each][0]}</option>`,
    )}</select></label>
    ${
      colour === 'none'
        ? nothing
        : html`<span class="ramp">${low}${levels.map((level) => html`<i ${vars({ '--level': level })}></i>`)}${high}</span>`
    }
    <button type="button" aria-pressed=${isTable} @click=${onView}>table</button>
  </div>`;
}
