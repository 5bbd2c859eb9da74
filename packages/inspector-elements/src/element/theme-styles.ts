import { css } from 'lit';

/**
 * Colours, faces and sizes of every element. Each can be set from outside as `--nt-…`; without that they are light or
 * dark as the page's `color-scheme` says.
 */
export const themeStyles = css`
  :host {
    --paper: var(--nt-paper, light-dark(#fcfcfa, #14161a));
    --raised: var(--nt-raised, light-dark(#ffffff, #1b1e23));
    --ink: var(--nt-ink, light-dark(#1c1f24, #e7e8ea));
    --soft: var(--nt-soft, light-dark(#5a616c, #a2a8b3));
    --line: var(--nt-line, light-dark(#dddfe3, #2d3138));
    --line-strong: var(--nt-line-strong, light-dark(#80868f, #767d89));
    --accent: var(--nt-accent, light-dark(#2157c4, #8ab0ff));
    --on-accent: var(--nt-on-accent, light-dark(#ffffff, #10131a));
    --accent-faint: var(--nt-accent-faint, light-dark(#e9effb, #1e2738));
    --ghost: var(--nt-ghost, light-dark(#c9d6ee, #2d3b57));
    --fill: var(--nt-fill, light-dark(#5b86dc, #5f8be0));
    --amber: var(--nt-amber, light-dark(#875400, #e3ae52));
    --amber-faint: var(--nt-amber-faint, light-dark(#fdf3df, #2b2416));
    --sans: var(--nt-sans, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
    --serif: var(--nt-serif, ui-serif, "Iowan Old Style", Charter, Georgia, "Noto Serif", "DejaVu Serif", serif);
    --mono: var(--nt-mono, ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace);
    --target: var(--nt-target, 32px);
    --row: var(--nt-row, 28px);
  }

  @media (pointer: coarse) {
    :host {
      --target: var(--nt-target, 44px);
      --row: var(--nt-row, 44px);
    }
  }
`;
