import { css } from 'lit';

export const samplingPanelStyles = css`
  .pickers {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    margin-bottom: 8px;
  }

  .pickers label,
  .draw-head label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    color: var(--soft);
    font-size: 13px;
  }

  .stage {
    padding: 4px 0;
    border-radius: 4px;
  }

  .stage.dragged {
    background: var(--accent-faint);
    outline: 1px solid var(--accent);
  }

  .line {
    display: grid;
    grid-template-columns: 20px auto 1fr auto 3.5em 20px;
    align-items: center;
    column-gap: 4px;
    min-height: 24px;
  }

  .bare {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 20px;
    min-height: var(--target);
    margin-block: calc((24px - var(--target)) / 2);
    padding: 0;
    border: 0;
    background: none;
    color: var(--soft);
  }

  .grip {
    cursor: grab;
    touch-action: none;
  }

  .bare svg {
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }

  .grip svg {
    fill: currentColor;
    stroke: none;
  }

  .more[aria-expanded="true"] svg {
    transform: rotate(180deg);
  }

  .effect {
    overflow: hidden;
    color: var(--soft);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-align: right;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .switch {
    margin-block: calc((24px - var(--target)) / 2);
    background: none !important;
    font-size: 12px;
  }

  .value {
    font: 13px var(--mono);
    text-align: right;
    white-space: nowrap;
  }

  .off .value,
  .off .name {
    color: var(--soft);
  }

  .details {
    margin: 4px 0 8px 24px;
    padding-left: 8px;
    border-left: 1px solid var(--line);
  }

  .control {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 0 8px;
    min-height: 28px;
    font-size: 13px;
  }

  .control input[type="range"],
  .control input[type="text"] {
    grid-column: 1 / -1;
    width: 100%;
  }

  .control input[type="checkbox"] {
    width: 20px;
    height: 20px;
    accent-color: var(--accent);
  }

  .details .note {
    margin: 4px 0 8px;
  }

  .formula {
    display: block;
    font: 12px var(--mono);
  }

  input[type="range"] {
    display: block;
    width: 100%;
    height: max(20px, calc(var(--target) - 12px));
    margin: 0;
    appearance: none;
    background: none;
    cursor: pointer;
  }

  input[type="range"]::-webkit-slider-runnable-track {
    height: 2px;
    background: var(--line-strong);
  }

  input[type="range"]::-moz-range-track {
    height: 2px;
    background: var(--line-strong);
  }

  input[type="range"]::-webkit-slider-thumb {
    width: 16px;
    height: 16px;
    margin-top: -7px;
    appearance: none;
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--accent);
  }

  input[type="range"]::-moz-range-thumb {
    width: 12px;
    height: 12px;
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--accent);
  }

  input[type="range"].is-off::-webkit-slider-thumb {
    border-color: var(--line-strong);
    background: var(--paper);
  }

  input[type="range"].is-off::-moz-range-thumb {
    border-color: var(--line-strong);
    background: var(--paper);
  }

  .add {
    max-width: 100%;
    margin: 8px 0;
  }

  .draw {
    margin-top: 12px;
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }

  .draw-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }

  input[type="number"] {
    width: 7.5em;
    font: 13px var(--mono);
  }

  .luck {
    font: 13px var(--mono);
    white-space: pre;
  }

  .cumulative {
    position: relative;
    height: 28px;
    margin: 20px 0 12px;
    border-radius: 2px;
    background: var(--ghost);
  }

  .part {
    container-type: size;
    position: absolute;
    inset-block: 0;
    left: calc(var(--start) * 100%);
    width: calc(var(--size) * 100%);
    overflow: hidden;
    border-left: 1px solid var(--paper);
    background: var(--ghost);
    font: normal 12px / 28px var(--mono);
    text-align: center;
    white-space: pre;
  }

  .part span {
    display: none;
  }

  @container (min-width: 56px) {
    .part span {
      display: inline;
    }
  }

  .part.hit {
    min-width: 2px;
    background: var(--accent);
    color: var(--on-accent);
  }

  .needle {
    position: absolute;
    top: -9px;
    left: calc(var(--start) * 100%);
    width: 12px;
    height: 9px;
    margin-left: -6px;
    background: var(--ink);
    clip-path: polygon(0 0, 100% 0, 50% 100%);
  }

  .twin summary {
    min-height: var(--target);
    color: var(--soft);
    font-size: 13px;
    line-height: var(--target);
    cursor: pointer;
  }
`;
