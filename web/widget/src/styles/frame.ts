// Where the widget stands on the page: launcher, panel, header, scrolling log, notices; also on a phone and at 200 % text.

import { css } from "lit";

export const frame = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  p,
  h2,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  /* On a page from right to left our sentences still end where they end. */
  p,
  h3,
  h4,
  .notice > span {
    unicode-bidi: plaintext;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin-block: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    width: 1.5em;
    height: 1.5em;
    flex: none;
    fill: currentcolor;
  }

  .button.launcher {
    position: fixed;
    z-index: 2147483000;
    inset-block-end: 1.25em;
    inset-inline-end: 1.25em;
    max-width: calc(100vw - 2.5em);
    min-height: 3.25em;
    padding: 0.5em 1.25em 0.5em 1em;
    border-radius: 2em;
    box-shadow: var(--_shadow);
  }
  .badge {
    position: absolute;
    inset-block-start: -0.5em;
    inset-inline-end: -0.25em;
    min-width: 1.75em;
    padding: 0 0.4em;
    border: 2px solid var(--_surface);
    border-radius: 1em;
    background: var(--_badge);
    color: var(--_on-badge);
    font-size: 0.875em;
    font-weight: 700;
    text-align: center;
  }

  .panel {
    position: fixed;
    z-index: 2147483000;
    inset-block-end: 1.25em;
    inset-inline-end: 1.25em;
    display: flex;
    flex-direction: column;
    width: min(25em, 100vw - 2.5em);
    height: min(42em, 100vh - 2.5em);
    height: min(42em, 100dvh - 2.5em);
    overflow: hidden auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }
  .panel.covers {
    inset: 0;
    width: 100%;
    height: 100%;
    border: 0;
    border-radius: 0;
  }

  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
    padding: 0.75em 0.75em 0.75em 1em;
    border-block-end: 1px solid transparent;
    background: var(--_header);
    color: var(--_on-header);
  }
  .names {
    flex: 1 1 6em;
    min-width: min(6em, 100%);
  }
  .avatar {
    flex: none;
    width: 2.5em;
    height: 2.5em;
    border-radius: 50%;
    object-fit: cover;
  }
  .header h2 {
    font-size: 1.125em;
    font-weight: 700;
    line-height: 1.3;
  }
  .header h2:focus {
    outline: none;
  }
  .who {
    font-size: 0.875em;
    line-height: 1.3;
  }

  .log,
  .page {
    position: relative; /* or what only a screen reader sees would lengthen the panel */
  }
  .log {
    flex: 1 1 auto;
    min-height: 6em;
    padding: 1em;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .intro {
    display: grid;
    gap: 0.5em;
    justify-items: start;
    margin-block-end: 1em;
    padding-block-end: 0.75em;
    border-block-end: 1px solid var(--_line);
    font-size: 0.9375em;
  }

  .notice {
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding: 0.5em 1em;
    border-block-start: 1px solid var(--_line);
    background: var(--_warning);
    color: var(--_on-warning);
  }
  .notice.quiet {
    background: none;
    color: var(--_text);
  }
  .closed {
    display: grid;
    gap: 0.5em;
    padding: 1em;
    border-block-start: 1px solid var(--_line);
  }

  .closed + .composer {
    border-block-start: 0;
    padding-block-start: 0;
  }

  /* Little height (a phone on its side, zoom at 400 %): the messages get the room. */
  @media (max-height: 25em) {
    .header {
      padding-block: 0;
    }
    .header > .names {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      column-gap: 0.75em;
    }
    .panel.covers .composer {
      padding-block: 0.4em;
    }
  }
  /* Hardly any height: everything scrolls as one, so that nothing is squeezed away. */
  @media (max-height: 14em) {
    .panel.covers {
      display: block;
      overflow: auto;
    }
    .panel.covers .log,
    .panel.covers .page {
      overflow: visible;
    }
  }
`;
