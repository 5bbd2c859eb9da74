import { css } from 'lit';

export const lensGridStyles = css`
  table {
    width: auto;
    border-collapse: separate;
    border-spacing: 2px;
  }

  thead th {
    padding: 0 4px 4px;
    color: var(--ink);
    font: 12px var(--mono);
    text-align: center;
    white-space: pre;
  }

  tbody th,
  tfoot th {
    position: sticky;
    left: 0;
    z-index: 1;
    padding-right: 8px;
    border: 0;
    background: var(--paper);
    vertical-align: middle;
  }

  .cell {
    min-width: 72px;
    max-width: 120px;
    height: 40px;
    padding: 2px 6px;
    overflow: hidden;
    border: 1px solid transparent;
    border-radius: 2px;
    background: color-mix(in oklab, var(--accent) calc(var(--level) * 45%), var(--paper));
    font: 12px / 1.3 var(--mono);
    text-align: center;
    text-overflow: ellipsis;
    white-space: pre;
    cursor: pointer;
  }

  .cell .best {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .cell.right .best {
    font-weight: 700;
    text-decoration: underline;
  }

  .cell .number {
    display: block;
    font-size: 11px;
    text-align: center;
  }

  .cell:hover,
  .cell[aria-selected="true"] {
    border-color: var(--accent);
  }

  tfoot td {
    color: var(--soft);
    font-size: 12px;
    text-align: center;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    margin-bottom: 8px;
    color: var(--soft);
    font-size: 13px;
  }

  .controls label,
  .pages {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  .about {
    margin-top: 12px;
  }

  .about table {
    border-spacing: 0;
    margin-top: 4px;
  }

  .about td,
  .about th {
    position: static;
    padding-right: 24px;
  }
`;
