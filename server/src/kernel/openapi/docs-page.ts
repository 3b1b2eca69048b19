import type { OpenApiDocument, Operation } from './document.ts';
import type { Schema } from './schema.ts';

/** The document as one plain page: no script and nothing from elsewhere, so that it is readable under the strict policy. */
export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(method, path, operation)),
  );
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="${text(name)}"><summary>${text(name)}</summary>${json(schema)}</details>`,
  );
  const { title, version, description } = document.info;
  return [
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${text(title)} API</title><style>${STYLE}</style>`,
    `<h1>${text(title)} API ${text(version)}</h1><p>${text(description)}</p>`,
    '<p><a href="openapi.json">openapi.json</a> · <a href="#schemas">数据结构</a></p>',
    ...operations,
    '<h2 id="schemas">数据结构</h2>',
    ...schemas,
    '</html>',
  ].join('\n');
}

const STYLE =
  'body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2933}' +
  'summary{cursor:pointer;padding:.3rem 0;overflow-wrap:anywhere}code{font-family:ui-monospace,monospace}' +
  'pre{background:#f4f6f8;padding:.75rem;overflow-x:auto}b{display:inline-block;min-width:4rem}' +
  'details{border-bottom:1px solid #dde3e8}';

function section(method: string, path: string, operation: Operation): string {
  const head = `<b>${text(method.toUpperCase())}</b> <code>${text(path)}</code>`;
  const parameters = operation.parameters.map(
    ({ name, in: place, required, schema }) =>
      `<li><code>${text(name)}</code> ${place}${required ? '' : '（可不填）'} <code>${text(JSON.stringify(schema))}</code></li>`,
  );
  const body = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>提交 ${text(type)}：${link(schema)}</p>`,
  );
  const answers = Object.entries(operation.responses).map(
    ([status, { description, content }]) =>
      `<li>${text(status)} ${text(description)} ${Object.values(content ?? {})
        .map(({ schema }) => link(schema))
        .join('')}</li>`,
  );
  return [
    `<details><summary>${head}</summary><p>谁能用：${text(operation.description)}</p>`,
    parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : '',
    ...body,
    `<ul>${answers.join('')}</ul></details>`,
  ].join('');
}

function link({ $ref }: Schema): string {
  const name = $ref?.split('/').at(-1);
  return name === undefined ? '' : `<a href="#${text(name)}">${text(name)}</a>`;
}

function json(schema: Schema): string {
  return `<pre>${text(JSON.stringify(schema, null, 2))}</pre>`;
}

function text(raw: string): string {
  return raw
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
