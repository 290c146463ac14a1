// Buttons, the box to type in, focus, and the system colours of a high-contrast mode.

import { css } from "lit";

export const controls = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-width: 2.75em;
    min-height: 2.75em;
    padding: 0.4em 1em;
    border: 1px solid transparent;
    border-radius: var(--_button-radius);
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }
  .primary {
    background: var(--_primary);
    color: var(--_on-primary);
  }
  .primary:hover {
    background: var(--_primary-hover);
  }
  .secondary,
  .small {
    border-color: var(--_link);
    background: var(--_surface);
    color: var(--_link);
  }
  .secondary:hover:not(:disabled),
  .small:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .secondary:disabled {
    border-color: var(--_line);
    color: var(--_muted);
    cursor: default;
  }
  .small {
    min-height: 2.25em;
    padding: 0.2em 0.75em;
    font-size: 0.875em;
  }
  /* An icon with its word below: not everybody knows what three dots are. */
  .under {
    flex-direction: column;
    gap: 0;
    min-width: 3.25em;
    padding: 0.15em 0.4em;
    text-align: center;
  }
  .under > span {
    font-size: 0.8125em;
    line-height: 1.2;
    overflow-wrap: normal;
  }
  .plain {
    min-height: 2em;
    min-width: 2em;
    padding: 0.2em 0.4em;
    margin-inline-start: -0.4em;
    color: var(--_link);
    font-weight: 400;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .plain:hover {
    text-decoration-thickness: 0.15em;
  }
  .item {
    justify-content: space-between;
    width: 100%;
    border-radius: 0;
    color: inherit;
    font-weight: 400;
    text-decoration: none;
  }
  .item:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .header-button {
    flex: none;
  }
  .header-button:hover {
    border-color: currentcolor;
  }

  .day-picker,
  .share {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    padding: 0.75em 1em 0;
    border-block-start: 1px solid var(--_line);
  }
  .share-hint {
    flex: 1 1 12em;
    margin: 0;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .share .button[aria-disabled] {
    border-color: var(--_line);
    color: var(--_muted);
    cursor: default;
    text-decoration: none;
  }
  .day-picker + .composer,
  .share + .composer {
    border-block-start: 0;
  }
  .mail-form input {
    box-sizing: border-box;
    width: 100%;
    margin-block: 0.25em 0.75em;
  }
  .mail-form input,
  .day-picker input {
    max-width: 100%;
    min-height: 2.75em;
    padding: 0 0.75em;
    border: 1px solid var(--_control-line);
    border-radius: var(--_button-radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .composer {
    padding: 0.75em 1em;
    border-block-start: 1px solid var(--_line);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: flex-end;
    gap: 0.5em;
  }
  textarea,
  .row input {
    flex: 1 1 8em;
    min-width: min(8em, 100%);
    min-height: 2.75em;
    max-height: 9em;
    padding: 0.5em 0.75em;
    border: 1px solid var(--_control-line);
    border-radius: var(--_button-radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    line-height: 1.4;
    resize: none;
    field-sizing: content;
  }
  textarea::placeholder,
  input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  textarea[aria-invalid] {
    border: 2px solid var(--_danger);
  }
  .send {
    flex: none;
  }
  .count {
    color: var(--_muted);
    font-size: 0.875em;
    text-align: end;
  }
  .count.over {
    color: var(--_danger);
    font-weight: 600;
  }

  /* Two rings, dark and light, so that the focus shows on every background. */
  :focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 1px;
    box-shadow: 0 0 0 5px var(--_focus-inverse);
  }
  .log:focus-visible {
    outline-offset: -4px;
    box-shadow: none;
  }
  .item:focus-visible {
    outline-offset: -4px;
    box-shadow: none;
  }
  .header > .button:focus-visible,
  .menu > .button:focus-visible {
    outline-color: var(--_on-header);
    box-shadow: none;
  }

  @media (forced-colors: active) {
    .button,
    .panel,
    .badge {
      border: 1px solid ButtonText;
    }
    .header {
      border-block-end-color: CanvasText;
    }
    .button:disabled {
      border-color: GrayText;
    }
  }
`;
