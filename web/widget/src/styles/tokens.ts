// Design tokens of the widget: a municipality's `--utrecht-…` tokens where the page sets them, our own values otherwise.
//
// Order of preference: `--wegwijs-chat-…` (this widget only), the municipality's settings (`--_set-…`), `--utrecht-…` (the site's NL Design System theme), the value here.
// Dark mode looks at `--wegwijs-chat-dark-…` only: a site whose theme knows light colours alone must not end up half dark.

import { css } from "lit";

export const tokens = css`
  /* Rules of the page reach the element itself and would be inherited, or move what is fixed on the screen: only this is stronger. */
  :host {
    all: initial !important;
    --_font: var(--wegwijs-chat-font-family, var(--utrecht-document-font-family, system-ui, "Segoe UI", "Noto Sans", Roboto, sans-serif));
    --_size: var(--wegwijs-chat-font-size, max(1rem, 16px));
    --_radius: var(--wegwijs-chat-border-radius, 0.5em);
    --_button-radius: var(--wegwijs-chat-button-border-radius, var(--utrecht-button-border-radius, 0.25em));
    --_surface: var(--wegwijs-chat-background-color, var(--utrecht-document-background-color, #ffffff));
    --_text: var(--wegwijs-chat-color, var(--utrecht-document-color, #1c2430));
    --_muted: var(--wegwijs-chat-muted-color, #4f5b6b);
    --_line: var(--wegwijs-chat-border-color, #c3cad3);
    --_control-line: var(--wegwijs-chat-control-border-color, var(--utrecht-form-control-border-color, #6b7787));
    --_primary: var(--wegwijs-chat-primary-background-color, var(--_set-primary, var(--utrecht-button-primary-action-background-color, #14507d)));
    --_primary-hover: var(--wegwijs-chat-primary-hover-background-color, var(--_set-primary-hover, var(--utrecht-button-primary-action-hover-background-color, #0e3b5e)));
    --_on-primary: var(--wegwijs-chat-primary-color, var(--_set-on-primary, var(--utrecht-button-primary-action-color, #ffffff)));
    --_header: var(--wegwijs-chat-header-background-color, var(--_set-header, var(--_primary)));
    --_on-header: var(--wegwijs-chat-header-color, var(--_set-on-header, var(--_on-primary)));
    --_link: var(--wegwijs-chat-link-color, var(--_set-link, var(--utrecht-link-color, #14507d)));
    --_bot: var(--wegwijs-chat-bot-background-color, var(--_set-bot, #eef2f6));
    --_agent: var(--wegwijs-chat-agent-background-color, #e5f3ea);
    --_agent-line: var(--wegwijs-chat-agent-border-color, #2c6e49);
    --_citizen: var(--wegwijs-chat-citizen-background-color, var(--_set-citizen, #d9e8f5));
    --_warning: var(--wegwijs-chat-warning-background-color, #fff3cd);
    --_on-warning: var(--wegwijs-chat-warning-color, #4d3a00);
    --_danger: var(--wegwijs-chat-danger-color, #a3161f);
    --_badge: var(--wegwijs-chat-badge-background-color, var(--utrecht-badge-counter-background-color, #b01c2e));
    --_on-badge: var(--wegwijs-chat-badge-color, var(--utrecht-badge-counter-color, #ffffff));
    --_focus: var(--wegwijs-chat-focus-outline-color, var(--utrecht-focus-outline-color, #000000));
    --_focus-inverse: var(--wegwijs-chat-focus-inverse-outline-color, var(--utrecht-focus-inverse-outline-color, #ffffff));
    --_shadow: 0 0.5em 2em rgb(16 32 48 / 25%);
    color-scheme: light !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  @media print {
    :host {
      display: none !important;
    }
  }
  .root {
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_size);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }

  @media (prefers-contrast: more) {
    .root {
      --_muted: var(--_text);
      --_line: var(--_text);
      --_control-line: var(--_text);
    }
  }

  @media (prefers-color-scheme: dark) {
    :host(:not([data-color-scheme="light"])) {
      --_surface: var(--wegwijs-chat-dark-background-color, #161b21);
      --_text: var(--wegwijs-chat-dark-color, #eceff3);
      --_muted: var(--wegwijs-chat-dark-muted-color, #b3bdc9);
      --_line: var(--wegwijs-chat-dark-border-color, #414c59);
      --_control-line: var(--wegwijs-chat-dark-control-border-color, #8a97a6);
      --_primary: var(--wegwijs-chat-dark-primary-background-color, #9fccf0);
      --_primary-hover: var(--wegwijs-chat-dark-primary-hover-background-color, #c4e1f7);
      --_on-primary: var(--wegwijs-chat-dark-primary-color, #0d1a26);
      --_header: var(--wegwijs-chat-dark-header-background-color, #212a34);
      --_on-header: var(--wegwijs-chat-dark-header-color, #ffffff);
      --_link: var(--wegwijs-chat-dark-link-color, #a9d2f3);
      --_bot: var(--wegwijs-chat-dark-bot-background-color, #242d37);
      --_agent: var(--wegwijs-chat-dark-agent-background-color, #1f3429);
      --_agent-line: var(--wegwijs-chat-dark-agent-border-color, #7cc79b);
      --_citizen: var(--wegwijs-chat-dark-citizen-background-color, #1f3f5b);
      --_warning: var(--wegwijs-chat-dark-warning-background-color, #43370f);
      --_on-warning: var(--wegwijs-chat-dark-warning-color, #ffedb3);
      --_danger: var(--wegwijs-chat-dark-danger-color, #ffb3b3);
      --_badge: #ffb3b3;
      --_on-badge: #2b0508;
      --_focus: var(--wegwijs-chat-dark-focus-outline-color, #ffffff);
      --_focus-inverse: var(--wegwijs-chat-dark-focus-inverse-outline-color, #000000);
      --_shadow: 0 0.5em 2em rgb(0 0 0 / 60%);
      color-scheme: dark !important;
    }
  }
`;
