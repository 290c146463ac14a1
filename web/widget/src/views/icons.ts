// The pictures of the widget, drawn as SVG elements (no image files, no inline styles).

import { svg, type TemplateResult } from "lit";
import { html } from "lit";

const icon = (path: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`;

export const chatIcon = icon(svg`<path d="M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm3 5v2h10V9H7Zm0 3.5v1.5h7v-1.5H7Z" />`);
export const downIcon = icon(svg`<path d="m5 8.5 7 7 7-7-1.6-1.6L12 12.3 6.6 6.9 5 8.5Z" />`);
export const moreIcon = icon(svg`<path d="M12 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm0 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm0 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z" />`);
export const sendIcon = icon(svg`<path d="M3 20V14l9-2-9-2V4l19 8-19 8Z" />`);
export const pictureIcon = icon(svg`<path d="M9 4 7.5 6H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-3.5L15 4H9Zm3 4.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm0 2a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z" />`);
export const placeIcon = icon(svg`<path d="M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7Zm0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z" />`);
export const warningIcon = icon(svg`<path d="M12 2 1 21h22L12 2Zm-1 7h2v6h-2V9Zm0 7.5h2v2h-2v-2Z" />`);
