import { css } from 'lit';

export const tokenStreamStyles = css`
  .text {
    max-width: 64ch;
    min-height: 1.6em;
    font: clamp(21px, 2.1vw, 26px) / 1.6 var(--serif);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .mono .text {
    font-family: var(--mono);
    font-size: 17px;
  }

  .tokens:focus-visible {
    outline-offset: 6px;
  }

  .one {
    border-radius: 2px;
    cursor: pointer;
  }

  /* Without the white space before the token: a line break leaves no stub of a line. */
  .ink.lined {
    text-decoration: underline;
    text-decoration-color: color-mix(in oklab, var(--accent) calc(35% + 65% * var(--level)), transparent);
    text-decoration-skip-ink: none;
    text-decoration-thickness: calc(1px + 4px * var(--level));
    text-underline-offset: 0.24em;
  }

  .ink.lined.better {
    text-decoration-style: dashed;
    text-decoration-color: color-mix(in oklab, var(--amber) calc(35% + 65% * var(--level)), transparent);
  }

  .one:hover,
  .one.active {
    background: var(--accent-faint);
  }

  .tokens:focus-visible .one.active {
    outline: 2px solid var(--accent);
  }

  .one.selected {
    background: var(--accent-faint);
    outline: 1px solid var(--accent);
  }

  .one.pinned {
    outline: 1px dashed var(--accent);
  }

  .by-hand {
    font-style: italic;
  }

  .glyph {
    color: var(--soft);
    font-family: var(--mono);
    font-size: 0.7em;
  }

  .silent {
    color: var(--soft);
    font: 0.6em var(--mono);
  }

  .by-template .silent {
    padding: 0 4px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
  }

  .key {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-top: 12px;
    color: var(--soft);
    font-size: 13px;
  }

  .key label {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .ramp {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  .ramp i {
    display: inline-block;
    width: 24px;
    height: calc(1px + 4px * var(--level));
    background: color-mix(in oklab, var(--accent) calc(35% + 65% * var(--level)), transparent);
  }
`;
