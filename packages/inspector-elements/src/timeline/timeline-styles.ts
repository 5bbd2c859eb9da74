import { css } from 'lit';

export const timelineStyles = css`
  .strips {
    position: relative;
    cursor: pointer;
  }

  .strip {
    display: grid;
    grid-template-columns: 112px 1fr;
    align-items: end;
    column-gap: 8px;
    padding: 4px 0;
  }

  .label {
    color: var(--soft);
    font-size: 12px;
    line-height: 1.3;
    font-variant-numeric: tabular-nums;
  }

  svg {
    display: block;
    width: 100%;
    height: 40px;
    overflow: visible;
    border-bottom: 1px solid var(--line);
  }

  rect {
    fill: var(--fill);
  }

  rect.at {
    fill: var(--accent);
  }

  path {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1.5;
    vector-effect: non-scaling-stroke;
  }

  .grid {
    stroke: var(--line);
    stroke-width: 1;
    stroke-dasharray: 2 3;
    vector-effect: non-scaling-stroke;
  }

  .cursor {
    stroke: var(--ink);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }

  .chosen {
    fill: var(--accent-faint);
  }

  .marks {
    position: relative;
    height: 20px;
    margin-left: 120px;
  }

  .chip {
    position: absolute;
    left: calc(var(--at) * 100%);
    min-height: 0;
    padding: 0 6px;
    border: 1px solid var(--amber);
    border-radius: 8px;
    background: var(--amber-faint);
    color: var(--amber);
    font-size: 11px;
    line-height: 16px;
    white-space: nowrap;
    transform: translateX(calc(var(--at) * -100%));
  }

  .readout {
    min-height: 1.45em;
    padding-left: 120px;
  }

  .empty-value {
    color: var(--soft);
  }

  @container (max-width: 480px) {
    .strip {
      grid-template-columns: 1fr;
    }

    .marks,
    .readout {
      margin-left: 0;
      padding-left: 0;
    }
  }

  :host {
    container-type: inline-size;
  }
`;
