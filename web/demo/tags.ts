// The line of code that puts the chat on a website, for each kind of website.

export interface Wish {
  readonly origin: string;
  readonly municipality: string;
  readonly product: string;
}

/** Texts to copy, by the name that the page gives them. */
export function tags({ origin, municipality, product }: Wish): Record<string, string> {
  const data: [string, string][] = [["data-municipality", municipality]];
  if (product) data.push(["data-product", product]);
  const attributes = data.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const tag = `<script src="${escaped(origin)}/widget.js"${attributes} defer></script>`;
  const drupal = data.map(([name, value]) => `      '${name}' => '${quoted(value)}',`).join("\n");
  return {
    html: tag,
    wordpress: `add_action( 'wp_footer', function () {\n  echo '${quoted(tag)}';\n} );`,
    drupal: `function mijnthema_page_attachments_alter(array &$attachments) {
  $attachments['#attached']['html_head'][] = [[
    '#tag' => 'script',
    '#attributes' => [
      'src' => '${quoted(origin)}/widget.js',
${drupal}
      'defer' => TRUE,
    ],
  ], 'wegwijs'];
}`,
    csp: `script-src ${origin};\nconnect-src ${origin} ${origin.replace(/^http/, "ws")};`,
  };
}

function escaped(value: string): string {
  return value.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}

function quoted(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/'/g, "\\'");
}
