import { css } from 'lit';

export const constraintStyles = css`
  .constraint {
    margin-bottom: 8px;
    padding: 8px 12px;
    border-left: 3px solid var(--amber);
    background: var(--amber-faint);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }

  .constraint .label {
    font-weight: 650;
  }

  .constraint code {
    font: 12px var(--mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .constraint .forced {
    margin-left: 8px;
  }

  .force {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }

  .meter {
    position: relative;
    flex: none;
    width: 80px;
    height: 8px;
    background: var(--ghost);
  }

  .meter i {
    position: absolute;
    inset-block: 0;
    left: 0;
    width: calc(var(--size, 0) * 100%);
    min-width: 1px;
    background: var(--amber);
  }
`;
