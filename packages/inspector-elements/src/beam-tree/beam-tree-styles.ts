import { css } from 'lit';

export const beamTreeStyles = css`
  .canvas {
    position: relative;
    width: calc(var(--width) * 1px);
    height: calc(var(--height) * 1px);
    margin: 4px;
  }

  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
  }

  path {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: var(--thickness, 1);
  }

  path.pruned {
    stroke: var(--line);
  }

  path.result {
    stroke: var(--accent);
  }

  .lane {
    stroke: var(--line);
    stroke-dasharray: 2 4;
  }

  .node {
    position: absolute;
    left: calc(var(--x) * 1px);
    top: calc(var(--y) * 1px - 13px);
    width: calc(var(--w) * 1px);
    min-height: 26px;
    padding: 0;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    background: var(--raised);
    color: var(--ink);
    font: 13px / 24px var(--mono);
    text-align: center;
    white-space: pre;
    cursor: pointer;
  }

  .node.pruned {
    border-color: var(--line);
    background: var(--paper);
    color: var(--soft);
    text-decoration: line-through;
  }

  .node.finished {
    border-style: double;
    border-width: 3px;
    line-height: 20px;
  }

  .node.result {
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 650;
  }

  .node:hover,
  .node.selected {
    background: var(--accent-faint);
  }

  .node.selected {
    outline: 2px solid var(--accent);
  }

  .group {
    position: absolute;
    left: 0;
    top: calc(var(--y) * 1px - 14px);
    background: var(--paper);
    color: var(--soft);
    font-size: 11px;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin: 8px 0;
    color: var(--soft);
    font-size: 13px;
  }

  .controls label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  input[type="range"] {
    width: 160px;
    accent-color: var(--accent);
  }

  input[type="checkbox"] {
    width: 18px;
    height: 18px;
    accent-color: var(--accent);
  }

  .about {
    min-height: 3em;
    margin: 8px 0;
    font-variant-numeric: tabular-nums;
  }

  .about .sum {
    font: 13px var(--mono);
  }

  .up {
    color: var(--accent);
  }

  .down {
    color: var(--amber);
  }

  .pruned-row td {
    color: var(--soft);
  }

  .text {
    padding-block: 4px;
    font-family: var(--serif);
  }
`;
