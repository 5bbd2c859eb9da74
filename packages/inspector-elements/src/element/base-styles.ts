import { css } from 'lit';

/** What every element looks like: type, buttons, heads, tables. */
export const baseStyles = css`
  :host {
    display: block;
    color: var(--ink);
    font: 15px / 1.45 var(--sans);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  p,
  figure,
  ol,
  ul {
    margin: 0;
    padding: 0;
  }

  ol,
  ul {
    list-style: none;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 4px 16px;
    min-height: 28px;
    margin-bottom: 8px;
  }

  .title {
    font-size: 13px;
    font-weight: 650;
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }

  .note {
    color: var(--soft);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }

  .head .note {
    margin-left: auto;
  }

  button,
  select,
  input[type="text"],
  input[type="search"],
  input[type="number"] {
    min-height: var(--target);
    padding: 0 8px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    background: var(--raised);
    color: var(--ink);
    font: inherit;
    font-size: 13px;
  }

  button,
  select {
    max-width: 100%;
    cursor: pointer;
  }

  button {
    padding: 0 12px;
  }

  button:hover:not(:disabled) {
    border-color: var(--accent);
    color: var(--accent);
  }

  button:disabled {
    border-color: var(--line);
    color: var(--soft);
    cursor: default;
  }

  button[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--accent-faint);
    color: var(--accent);
  }

  button.link {
    min-height: var(--target);
    padding: 0 4px;
    border: 0;
    background: none;
    color: var(--accent);
    text-decoration: underline;
  }

  input[aria-invalid="true"] {
    border-color: var(--amber);
  }

  .error {
    color: var(--amber);
    font-size: 13px;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  caption {
    text-align: left;
  }

  th {
    padding: 0 8px 4px 0;
    border-bottom: 1px solid var(--line);
    color: var(--soft);
    font-size: 12px;
    font-weight: 400;
    text-align: left;
    vertical-align: bottom;
    white-space: nowrap;
  }

  td {
    height: var(--row);
    padding: 0 8px 0 0;
  }

  tbody th {
    padding-bottom: 0;
    border: 0;
    color: var(--ink);
    font-size: 13px;
    vertical-align: middle;
  }

  .number {
    font: 13px var(--mono);
    text-align: right;
    white-space: nowrap;
  }

  th.number {
    font: 12px var(--sans);
  }

  .token {
    font: 13px var(--mono);
    white-space: pre;
  }

  .scroll {
    overflow-x: auto;
  }

  kbd {
    padding: 1px 6px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    font: 12px var(--mono);
  }

  abbr {
    text-decoration: none;
    cursor: help;
  }
`;
