import { css } from 'lit';

export const distributionStyles = css`
  :host {
    container-type: inline-size;
  }

  table {
    table-layout: fixed;
  }

  .rank {
    width: 44px;
    padding-right: 12px;
    text-align: right;
  }

  td.rank {
    color: var(--soft);
    font: 12px var(--mono);
  }

  .logit {
    width: 150px;
  }

  .stage {
    width: 64px;
    overflow: hidden;
    text-overflow: ellipsis;
    text-align: right;
  }

  td.stage {
    font: 12px var(--mono);
  }

  .bar-cell {
    width: 38%;
  }

  .percent {
    width: 64px;
    padding-right: 0;
    text-align: right;
  }

  td.percent {
    font: 13px var(--mono);
  }

  .axis {
    display: flex;
    justify-content: space-between;
    font: 11px var(--mono);
  }

  .logit .axis {
    margin-left: calc(5ch + 16px);
  }

  tbody tr {
    position: relative;
    height: var(--row);
  }

  tbody tr:hover,
  tbody tr.previewed {
    background: var(--accent-faint);
  }

  .token-cell {
    overflow: hidden;
    white-space: nowrap;
  }

  .take {
    display: inline-block;
    max-width: 100%;
    min-height: var(--row);
    padding: 0;
    overflow: hidden;
    border: 0;
    background: none;
    font: 14px var(--mono);
    text-align: left;
    text-overflow: ellipsis;
    vertical-align: middle;
    white-space: pre;
  }

  /* The whole line is the button. */
  .take::after {
    position: absolute;
    z-index: 1;
    inset: 0;
    content: "";
  }

  .take:focus-visible {
    outline: 0;
  }

  .take:focus-visible::after {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .mark {
    margin-left: 8px;
    padding: 1px 6px;
    border-radius: 8px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 11px;
  }

  .marked .take {
    color: var(--accent);
    font-weight: 650;
  }

  .removed .take {
    color: var(--soft);
    text-decoration: line-through;
  }

  .cut > td {
    border-top: 1px dashed var(--amber);
  }

  .far > td {
    border-top: 1px solid var(--line);
  }

  .lit {
    background: var(--amber-faint);
  }

  .lit .why {
    font-weight: 650;
    text-decoration: underline;
  }

  td.logit {
    white-space: nowrap;
  }

  td .value {
    display: inline-block;
    width: 5ch;
    font: 13px var(--mono);
    text-align: right;
  }

  .track {
    display: inline-block;
    position: relative;
    width: calc(100% - 7ch);
    height: 1px;
    margin-left: 8px;
    background: var(--line);
    vertical-align: middle;
  }

  .dot {
    position: absolute;
    top: -3px;
    left: calc(var(--at, 0) * (100% - 7px));
    width: 7px;
    height: 7px;
    border: 1.5px solid var(--soft);
    border-radius: 50%;
    background: var(--paper);
  }

  .bar {
    position: relative;
    height: 16px;
  }

  .bar > i {
    position: absolute;
    left: 0;
    width: calc(var(--size, 0) * 100%);
    border-radius: 0 2px 2px 0;
  }

  .ghost {
    inset-block: 0;
    background: var(--ghost);
  }

  .fill {
    inset-block: 4px;
    min-width: 1px;
    background: var(--fill);
  }

  .marked .fill {
    background: var(--accent);
  }

  .removed .fill {
    display: none;
  }

  .why {
    position: absolute;
    right: 0;
    padding-left: 4px;
    background: var(--paper);
    color: var(--amber);
    font-size: 12px;
    line-height: 16px;
    white-space: nowrap;
  }

  tr:hover .why,
  tr.previewed .why {
    background: var(--accent-faint);
  }

  .lit .why {
    background: var(--amber-faint);
  }

  .others {
    margin-top: 8px;
    padding-top: 8px;
    border-top: 1px solid var(--line);
    color: var(--soft);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-top: 8px;
  }

  .controls input {
    flex: 1 1 160px;
    min-width: 0;
    max-width: 320px;
  }

  .warning {
    color: var(--amber);
    font-weight: 600;
  }

  @media (prefers-reduced-motion: no-preference) {
    /* Only while sliders move: a new row's bars have nothing to do with the old one's. */
    .same-row .fill,
    .same-row .ghost {
      transition-duration: 140ms;
      transition-property: width;
      transition-timing-function: ease-out;
    }
  }

  @container (max-width: 560px) {
    .rank {
      width: 32px;
      padding-right: 8px;
    }

    .logit {
      width: 60px;
    }

    .track,
    .logit .axis {
      display: none;
    }

    .bar-cell {
      width: 30%;
    }

    .percent {
      width: 50px;
    }

    th.bar-cell .axis {
      display: none;
    }
  }
`;
