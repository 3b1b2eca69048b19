/**
 * One refusal looks the same everywhere: a stable code, a Chinese sentence, the fields at fault.
 * A feature lists its codes once with `defineErrors`; the code's type is the list's keys, so a code without a sentence
 * does not compile, and neither does a sentence whose {placeholders} are not filled.
 */

/** The statuses that a refusal may have. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 502 | 503 | 507;

export interface ErrorDefinition {
  readonly status: ErrorStatus;
  /** What happened and what to do, for a resident; may hold {placeholders}. */
  readonly message: string;
}

export type ErrorCatalogue = Readonly<Record<string, ErrorDefinition>>;

/** The codes of a catalogue. */
export type ErrorCode<Catalogue extends ErrorCatalogue> = keyof Catalogue & string;

/** The names between braces in a sentence: `MessageParams<'请 {seconds} 秒后再试'>` is 'seconds'. */
export type MessageParams<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | MessageParams<Rest>
  : never;

/** One field at fault; `path` as in the request: 'motions[0].title'. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** An expected failure as a value. The server turns it into a response, a screen shows its sentence. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly status: ErrorStatus;
  readonly message: string;
  readonly fields: readonly FieldError[];
}

/** The body of every response that refuses. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly FieldError[];
  readonly traceId: string;
}

/** `AREA.REASON`, or one word for what every area shares (NOT_FOUND). */
const CODE = /^[A-Z][A-Z0-9_]*(\.[A-Z][A-Z0-9_]*)?$/;

export function defineErrors<const Catalogue extends ErrorCatalogue>(catalogue: Catalogue): Catalogue {
  for (const [code, { message }] of Object.entries(catalogue)) {
    if (!CODE.test(code)) throw new Error(`error code ${code} is not AREA.REASON`);
    if (message.trim() === '') throw new Error(`error code ${code} has no sentence`);
  }
  return Object.freeze(catalogue);
}

type ParamsOf<Catalogue extends ErrorCatalogue, Code extends ErrorCode<Catalogue>> = Readonly<
  Record<MessageParams<Catalogue[Code]['message']>, string | number>
>;

export type RefusalDetails<Catalogue extends ErrorCatalogue, Code extends ErrorCode<Catalogue>> =
  MessageParams<Catalogue[Code]['message']> extends never
    ? [details?: { readonly fields?: readonly FieldError[] }]
    : [details: { readonly params: ParamsOf<Catalogue, Code>; readonly fields?: readonly FieldError[] }];

/**
 * A refusal out of a catalogue: `refuse(ASSEMBLY_ERRORS, 'BALLOT.CLOSED')`,
 * `refuse(KERNEL_ERRORS, 'RATE.LIMITED', { params: { seconds: 30 } })`.
 */
export function refuse<const Catalogue extends ErrorCatalogue, Code extends ErrorCode<Catalogue>>(
  catalogue: Catalogue,
  code: Code,
  ...[details]: RefusalDetails<Catalogue, Code>
): Refusal<Code> {
  const { status, message } = definitionOf(catalogue, code);
  const params = details !== undefined && 'params' in details ? details.params : {};
  return { code, status, message: fillMessage(message, params), fields: details?.fields ?? [] };
}

/** A fault of one field with the sentence of its code. */
export function fieldError<const Catalogue extends ErrorCatalogue, Code extends ErrorCode<Catalogue>>(
  catalogue: Catalogue,
  path: string,
  code: Code,
  ...details: RefusalDetails<Catalogue, Code>
): FieldError {
  return { path, code, message: refuse(catalogue, code, ...details).message };
}

export function fillMessage(message: string, params: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
}

function definitionOf(catalogue: ErrorCatalogue, code: string): ErrorDefinition {
  const definition = catalogue[code];
  if (definition === undefined) throw new Error(`error code ${code} is not in its catalogue`);
  return definition;
}
