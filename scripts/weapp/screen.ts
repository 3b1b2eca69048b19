import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Weapp } from './host.ts';

/** A node in the data of a page, in the short names that Taro's templates read. */
interface Node {
  /** The number of its template. */
  readonly nn?: string;
  readonly sid?: string;
  readonly uid?: string;
  /** The text of a text node. */
  readonly v?: string;
  readonly cn?: readonly Node[] | Readonly<Record<string, Node>>;
  readonly [property: string]: unknown;
}

/** What a template makes of a node. */
interface Template {
  readonly tag: string;
  /** The events that reach the app from it. */
  readonly events: ReadonlyMap<string, 'bind' | 'catch'>;
  /** Under which short name each attribute is found in the data. */
  readonly attributes: ReadonlyMap<string, string>;
}

const TEXT_FIELDS = ['input', 'textarea'];
const BARE: Template = { tag: '', events: new Map(), attributes: new Map() };

/** What is on the phone's screen, and a finger on it. Only what the built templates show and bind counts. */
export class Screen {
  private readonly app: Weapp;
  private readonly templates: ReadonlyMap<string, Template>;

  constructor(app: Weapp) {
    this.app = app;
    this.templates = readTemplates(readFileSync(join(app.dist, 'base.wxml'), 'utf8'));
  }

  /** Everything written on the page, from top to bottom. */
  get text(): string {
    return this.roots().map(textOf).join(' ');
  }

  has(words: string): boolean {
    return this.text.includes(words);
  }

  async shows(words: string): Promise<void> {
    await this.app.until(
      `“${words}”`,
      () => this.has(words),
      () => this.text,
    );
  }

  async opens(route: string): Promise<void> {
    const { app } = this;
    await app.until(
      `opening ${route}`,
      () => app.page.route === route,
      () => this.text,
    );
    await app.quiet();
  }

  /** Whether something with exactly these words can be tapped. */
  offers(words: string): boolean {
    const path = this.pathTo(words);
    return path !== null && path.some((node) => this.template(node).events.has('tap'));
  }

  /** Taps the first thing that bears exactly these words, or is read aloud so. */
  async tap(words: string): Promise<void> {
    await this.app.until(
      `a way to tap “${words}”`,
      () => this.offers(words),
      () => this.text,
    );
    this.touch(this.pathTo(words) ?? []);
    await this.app.quiet();
  }

  /** Types into the field of that name. */
  async type(label: string, value: string): Promise<void> {
    const isField = (node: Node) =>
      TEXT_FIELDS.includes(this.template(node).tag) &&
      [this.attribute(node, 'aria-label'), this.attribute(node, 'placeholder')].includes(label);
    await this.app.until(
      `the field “${label}”`,
      () => this.search(isField) !== null,
      () => this.text,
    );
    const [field] = this.search(isField)?.slice(-1) ?? [];
    if (field !== undefined) this.send('input', field, field, { value, cursor: value.length, keyCode: 0 });
    await this.app.quiet();
  }

  /** A tap goes to the node and to all around it, up to one that catches it. */
  private touch(path: readonly Node[]): void {
    const [target] = path.slice(-1);
    if (target === undefined) return;
    for (const node of path.toReversed()) {
      const how = this.template(node).events.get('tap');
      if (how !== undefined) this.send('tap', target, node, { x: 100, y: 100 });
      if (how === 'catch') return;
    }
  }

  private send(type: string, target: Node, current: Node, detail: object): void {
    const bearing = ({ uid, sid }: Node) => ({
      id: uid ?? sid,
      dataset: { sid },
      offsetLeft: 0,
      offsetTop: 0,
    });
    const event = { type, timeStamp: performance.now(), mark: {}, detail, touches: [], changedTouches: [] };
    const whole = { ...event, target: bearing(target), currentTarget: bearing(current) };
    this.app.page.call('eh', this.app.intoApp(whole));
  }

  /** From the root to the innermost node that bears the words; exact names first. */
  private pathTo(words: string): readonly Node[] | null {
    return this.search(
      (node) => textOf(node).trim() === words || this.attribute(node, 'aria-label') === words,
    );
  }

  private search(fits: (node: Node) => boolean): readonly Node[] | null {
    return searchIn(this.roots(), fits);
  }

  private roots(): readonly Node[] {
    const root = this.app.page.data['root'];
    return root === undefined ? [] : childrenOf(root as Node);
  }

  private template({ nn }: Node): Template {
    return this.templates.get(nn ?? '') ?? BARE;
  }

  private attribute(node: Node, name: string): unknown {
    const key = this.template(node).attributes.get(name);
    return key === undefined ? undefined : node[key];
  }
}

/** The innermost node that fits, the first of several, with all around it. */
function searchIn(nodes: readonly Node[], fits: (node: Node) => boolean): readonly Node[] | null {
  for (const node of nodes) {
    const inner = searchIn(childrenOf(node), fits);
    if (inner !== null) return [node, ...inner];
    if (fits(node)) return [node];
  }
  return null;
}

function childrenOf({ cn }: Node): readonly Node[] {
  return cn === undefined ? [] : Object.values(cn);
}

function textOf(node: Node): string {
  return (node.v ?? '') + childrenOf(node).map(textOf).join('');
}

/** Which tag, events and attributes each numbered template has. */
function readTemplates(wxml: string): ReadonlyMap<string, Template> {
  const templates = new Map<string, Template>();
  const pattern = /<template name="tmpl_\d+_(\d+)(?:_focus|_blur)?">\s*<([a-z-]+)([^>]*)>/g;
  for (const [, number = '', tag = '', inside = ''] of wxml.matchAll(pattern)) {
    if (tag === 'template' || templates.has(number)) continue;
    const events = [...inside.matchAll(/\b(bind|catch)([a-z]+)="eh"/g)];
    const attributes = [...inside.matchAll(/([\w-]+)="\{\{(?:xs\.b\()?i\.(\w+)/g)];
    templates.set(number, {
      tag,
      events: new Map(events.map(([, how, name = '']) => [name, how === 'catch' ? 'catch' : 'bind'])),
      attributes: new Map(attributes.map(([, name = '', key = '']) => [name, key])),
    });
  }
  return templates;
}
