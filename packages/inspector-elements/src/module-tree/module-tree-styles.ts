import { css } from 'lit';

export const moduleTreeStyles = css`
  :host {
    container-type: inline-size;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-bottom: 8px;
    color: var(--soft);
    font-size: 13px;
  }

  .controls label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  .controls input[type="search"] {
    flex: 1 1 180px;
    min-width: 0;
    max-width: 320px;
  }

  .controls input[type="checkbox"] {
    width: 18px;
    height: 18px;
    accent-color: var(--accent);
  }

  tbody tr {
    cursor: default;
  }

  tbody tr:hover,
  tbody tr.selected {
    background: var(--accent-faint);
  }

  tbody tr:focus-visible {
    outline-offset: -2px;
  }

  td {
    vertical-align: middle;
    white-space: nowrap;
  }

  .name {
    padding-left: calc(var(--depth) * 16px);
    font: 13px var(--mono);
  }

  .twist {
    display: inline-block;
    width: 16px;
    color: var(--soft);
    text-align: center;
  }

  .count {
    color: var(--soft);
  }

  .type,
  .tensors {
    overflow: hidden;
    max-width: 260px;
    color: var(--soft);
    font-size: 12px;
    text-overflow: ellipsis;
  }

  .tensors {
    font-family: var(--mono);
  }

  .bar-cell {
    width: 22%;
    min-width: 64px;
  }

  .bar {
    height: 8px;
    background: var(--ghost);
  }

  .bar i {
    display: block;
    width: calc(var(--size) * 100%);
    min-width: 1px;
    height: 100%;
    background: var(--fill);
  }

  @container (max-width: 760px) {
    .tensors {
      display: none;
    }
  }

  @container (max-width: 520px) {
    .type {
      display: none;
    }
  }
`;
