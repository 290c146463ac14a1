// How messages look: who speaks shows in place, colour, edge and name, never in colour alone.

import { css } from "lit";

export const messages = css`
  .messages {
    display: flex;
    flex-direction: column;
    gap: 1em;
    list-style: none;
  }
  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-width: 92%;
  }
  .message.citizen {
    align-items: flex-end;
    align-self: flex-end;
  }
  .message.system {
    align-self: stretch;
    max-width: none;
  }
  .author {
    margin-block-end: 0.15em;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .author .name {
    color: var(--_text);
    font-weight: 700;
  }
  .author .role::after {
    content: " ·";
  }

  .bubble,
  .bubble-text {
    display: grid;
    gap: 0.5em;
  }
  .bubble {
    max-width: 100%;
    padding: 0.6em 0.9em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_bot);
  }
  .bot .bubble {
    border-start-start-radius: 0;
  }
  .agent .bubble {
    border-inline-start: 4px solid var(--_agent-line);
    border-start-start-radius: 0;
    background: var(--_agent);
  }
  .citizen .bubble {
    border-start-end-radius: 0;
    background: var(--_citizen);
  }
  .system .bubble {
    width: 100%;
    border: 1px solid var(--_line);
    background: none;
  }
  .typed {
    white-space: pre-wrap;
  }
  .bubble ul,
  .bubble ol {
    padding-inline-start: 1.4em;
  }
  .bubble ul {
    list-style: disc;
  }
  .bubble li + li {
    margin-block-start: 0.25em;
  }
  a {
    color: var(--_link);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  a:hover {
    text-decoration-thickness: 0.15em;
  }
  .source {
    padding-block-start: 0.4em;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    font-size: 0.875em;
  }
  .source a {
    display: inline-block;
    min-height: 24px;
  }

  .judgement {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1em 0.75em;
    margin-block-start: 0.5em;
    color: var(--_muted);
    font-size: 0.9375em;
  }
  .judgement .plain {
    min-width: 2.75em;
    min-height: 2.75em;
    margin: 0;
    font-size: 1em;
  }
  .judgement [aria-pressed="true"] {
    color: inherit;
    font-weight: 700;
    text-decoration: none;
  }
  .judgement [aria-pressed="true"]::before {
    content: "\\2713" / "";
  }
  .days {
    display: grid;
    gap: 0.75em;
    margin-block-start: 0.75em;
  }
  .day-name {
    font-weight: 700;
  }
  .day .choices {
    margin-block-start: 0.25em;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.5em;
    list-style: none;
  }

  .pending.sending .bubble {
    opacity: 0.8;
  }
  .progress {
    margin-block-start: 0.15em;
    color: var(--_muted);
    font-size: 0.8125em;
    animation: appear 0s linear 1s both; /* a quick server never shows it */
  }
  .failed .bubble {
    border: 1px dashed var(--_danger);
  }
  .failure {
    display: grid;
    justify-items: end;
    gap: 0.25em;
    margin-block-start: 0.25em;
    color: var(--_danger);
    font-size: 0.9375em;
  }
  .failure p {
    display: flex;
    gap: 0.25em;
  }
  .failure .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.5em;
  }
  .failure .small {
    font-size: 1em;
  }

  .typing {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-block-start: 1em;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .dots {
    display: inline-flex;
    gap: 0.25em;
  }
  .dots span {
    width: 0.4em;
    height: 0.4em;
    border: 1px solid currentcolor;
    border-radius: 50%;
    background: currentcolor;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
    to {
      visibility: visible;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .dots span {
      animation: blink 1.2s ease-in-out infinite;
    }
    .dots span:nth-child(2) {
      animation-delay: 0.2s;
    }
    .dots span:nth-child(3) {
      animation-delay: 0.4s;
    }
    @keyframes blink {
      0%,
      60%,
      100% {
        opacity: 0.3;
      }
      30% {
        opacity: 1;
      }
    }
  }
`;
