import { css } from 'lit';

export const attentionStyles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-bottom: 12px;
    color: var(--soft);
    font-size: 13px;
  }

  .controls label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  .controls input[type="range"] {
    width: 140px;
    accent-color: var(--accent);
  }

  .controls input[type="checkbox"] {
    width: 18px;
    height: 18px;
    accent-color: var(--accent);
  }

  .views {
    display: inline-flex;
    gap: 4px;
  }

  .heads {
    display: grid;
    grid-template-columns: auto repeat(var(--heads), minmax(32px, 56px));
    gap: 2px;
    margin-bottom: 16px;
    width: max-content;
  }

  .contents {
    display: contents;
  }

  .heads .of {
    color: var(--soft);
    font: 11px / 24px var(--mono);
    text-align: right;
    padding-right: 4px;
  }

  .small {
    min-height: 24px;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 2px;
    background: color-mix(in oklab, var(--accent) calc(var(--level) * 45%), var(--paper));
    color: var(--ink);
    font: 11px / 22px var(--mono);
    text-align: center;
    cursor: pointer;
  }

  .small[aria-selected="true"] {
    border: 2px solid var(--accent);
    font-weight: 700;
    line-height: 20px;
  }

  .lines {
    display: grid;
    grid-template-columns: minmax(0, auto) 160px minmax(0, auto) 1fr;
    width: 100%;
  }

  .side {
    font: 13px / 22px var(--mono);
    white-space: pre;
  }

  .side.from {
    text-align: right;
  }

  .side > * {
    display: block;
    height: 22px;
    padding: 0 6px;
    overflow: hidden;
    border-radius: 2px;
    text-overflow: ellipsis;
  }

  .from > * {
    cursor: pointer;
  }

  .from > [aria-selected="true"] {
    background: var(--accent);
    color: var(--on-accent);
  }

  .from > :hover:not([aria-selected="true"]) {
    background: var(--accent-faint);
  }

  .to > .hit {
    background: color-mix(in oklab, var(--accent) calc(var(--level) * 40%), var(--paper));
  }

  .to .weight {
    font-size: 11px;
  }

  svg.links {
    width: 160px;
    height: 100%;
    overflow: visible;
  }

  .links path {
    fill: none;
    stroke: var(--accent);
    stroke-opacity: calc(0.15 + 0.85 * var(--weight));
    stroke-width: calc(0.5px + 4px * var(--weight));
  }

  .links.locked path:not(.own) {
    stroke-opacity: 0.06;
  }

  .about {
    padding: 0 16px;
  }

  svg.matrix {
    display: block;
    width: min(100%, 560px);
    border: 1px solid var(--line);
  }

  .matrix .weight {
    fill: var(--accent);
    fill-opacity: var(--weight);
  }

  .matrix rect.row {
    fill: none;
    stroke: var(--ink);
    vector-effect: non-scaling-stroke;
  }

  @media (max-width: 600px) {
    .lines {
      grid-template-columns: minmax(0, 1fr) 72px minmax(0, 1.3fr);
    }

    svg.links {
      width: 72px;
    }

    .about {
      grid-column: 1 / -1;
      padding: 8px 0;
    }
  }
`;
