// `node scripts/with-node.mjs scripts/weapp/templates.ts [FOLDER]`: compiles every WXML of a built weapp with WeChat's own compiler.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { Refusal, command } from '../bootstrap/refusal.mjs';

interface Compiler {
  wxmlToJs(folder: string): string;
}

/** WeChat's wcc, which ships no types. The result is the body of a function that gives `$gwx`. */
export function compileTemplates(dist: string): string {
  const { wxmlToJs } = createRequire(import.meta.url)('miniprogram-compiler') as Compiler;
  try {
    return wxmlToJs(dist);
  } catch (error) {
    const reason = (error as Error).message.trim();
    throw new Refusal(`WeChat's compiler refuses a template: ${reason}`, '模板编译失败。');
  }
}

if (import.meta.main)
  await command(async () => {
    const dist = resolve(process.argv[2] ?? join(root, 'miniapp', 'dist', 'weapp'));
    if (!existsSync(join(dist, 'app.json')))
      throw new Refusal('Build weapp first: npm run build weapp', '请先构建。');
    const compiled = compileTemplates(dist);
    console.log(`templates compile: ${(compiled.length / 1000).toFixed(1)} KB`);
  });
