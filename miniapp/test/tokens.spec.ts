import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8').replace(
  /\/\*[^]*?\*\//g,
  '',
);

function block(selector: string): Readonly<Record<string, string>> {
  const body = new RegExp(`\\${selector} \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return Object.fromEntries(
    Array.from(body.matchAll(/(--[\w-]+):\s*([^;]+);/g), ([, name = '', value = '']) => [name, value]),
  );
}

const plain = block('.linli');
const elder = block('.linli--elder');

/** '#15705b' behind '--brand'. */
function colour(token: string): string {
  const value = plain[token] ?? '';
  const inner = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  return inner === undefined ? value : colour(inner);
}

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.039_28 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(colour(a)), luminance(colour(b))].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('contrast', () => {
  test.each([
    ['--ink', '--page'],
    ['--ink', '--card'],
    ['--ink-second', '--page'],
    ['--ink-second', '--card'],
    ['--brand', '--page'],
    ['--brand', '--card'],
    ['--brand', '--brand-tint'],
    ['--on-brand', '--brand'],
    ['--on-brand', '--brand-pressed'],
    ['--money', '--card'],
    ['--urgent', '--urgent-tint'],
    ['--good', '--card'],
    ['--good', '--good-tint'],
    ['--bad', '--page'],
    ['--bad', '--card'],
    ['--bad', '--bad-tint'],
    ['--info', '--info-tint'],
  ])('%s on %s can be read: at least 4.5 to 1', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the sizes', () => {
  test('are those of the drawing', () => {
    const sizes = ['caption', 'second', 'body', 'title', 'page', 'money'].map(
      (name) => /(\d+)px/.exec(plain[`--type-${name}`] ?? '')?.[1],
    );
    expect(sizes).toEqual(['13', '15', '17', '20', '24', '32']);
    expect(plain['--target']).toBe('44px');
  });

  test('in elder mode are larger, none below 20, and what is touched is 56', () => {
    const sizes = ['second', 'body', 'title', 'page', 'money'].map((name) => elder[`--type-${name}`]);
    expect(sizes).toEqual(['20px', '22px', '26px', '30px', '40px']);
    expect(Number.parseInt(elder['--type-caption'] ?? '0', 10)).toBeGreaterThanOrEqual(20);
    expect(elder['--target']).toBe('56px');
  });

  test('elder mode only changes tokens that there are', () => {
    expect(Object.keys(elder).filter((token) => !(token in plain))).toEqual([]);
  });
});
