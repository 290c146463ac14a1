// The menu in the header and the pages that take the place of the talk.

import { css } from "lit";

export const pages = css`
  .menu-list {
    position: absolute;
    z-index: 1;
    inset-block-start: 4.25em;
    inset-inline: 0.75em;
    max-height: calc(100% - 5em);
    padding: 0.25em 0;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    color: var(--_text);
    list-style: none;
  }
  .page {
    flex: 1 1 auto;
    display: grid;
    align-content: start;
    gap: 0.75em;
    padding: 1em;
    overflow: hidden auto;
  }
  .own-words {
    display: grid;
    gap: 0.75em;
  }
  .page h3,
  .page h4 {
    margin: 0;
    font-size: 1.125em;
    line-height: 1.3;
  }
  .page h4 {
    font-size: 1em;
  }
  .page h3:focus {
    outline: none;
  }
  .page .code {
    font-size: 1.5em;
    font-weight: 600;
    letter-spacing: 0.05em;
  }
  .page > .button {
    justify-self: start;
  }
  .page .actions,
  .closed .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .check {
    display: flex;
    align-items: flex-start;
    gap: 0.75em;
    padding-block: 0.25em;
    font-weight: 600;
    cursor: pointer;
  }
  .check input {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    margin: 0;
    accent-color: var(--_primary);
  }
  .hint {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .problem {
    color: var(--_danger);
    font-weight: 600;
  }
`;
