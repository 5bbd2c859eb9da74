import { css } from 'lit';

export const compareStyles = css`
  .sums {
    width: auto;
    margin-bottom: 12px;
  }

  .sums td,
  .sums th {
    padding-right: 24px;
  }

  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 2px;
  }

  .segment {
    position: relative;
    display: grid;
    grid-template-rows: 1fr 1fr auto;
    padding: 2px;
    border: 1px solid transparent;
    border-radius: 4px;
    cursor: pointer;
  }

  .segment:hover,
  .segment[aria-selected="true"] {
    border-color: var(--accent);
    background: var(--accent-faint);
  }

  .row {
    display: flex;
    gap: 2px;
    min-height: 26px;
  }

  .piece {
    flex: 1;
    padding: 1px 4px;
    border-bottom: 2px solid var(--line);
    font: 13px / 20px var(--mono);
    text-align: center;
    white-space: pre;
  }

  .piece.lined {
    border-bottom-color: color-mix(in oklab, var(--accent) calc(30% + 70% * var(--level)), var(--paper));
    border-bottom-width: calc(1px + 3px * var(--level));
  }

  .delta {
    font: 11px / 16px var(--mono);
    text-align: center;
    white-space: nowrap;
  }

  .delta.b {
    color: var(--amber);
  }

  .delta.a {
    color: var(--accent);
  }

  .differs .row:first-child .piece {
    border-top: 1px dotted var(--ink);
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
    margin: 12px 0;
  }

  .chips button {
    font: 12px var(--mono);
    white-space: pre;
  }

  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
    gap: 16px;
  }
`;
