// @ts-check
// WeChat's style compiler refuses the universal selector: in the weapp each `*` becomes the tags that the app is made of.

/** What the app's components are called in WXML (see the imports of @tarojs/components). */
const TAGS = ['view', 'text', 'image', 'button', 'input', 'textarea', 'picker'];
/** A `*` that stands for an element, as opposed to one in `[class*=…]` or `calc()`. */
const UNIVERSAL = /(^|[\s>+])\*(?=[\s>+:.[]|$)/;

/**
 * `.stack > * + *` → `.stack > view + view`, `.stack > view + text`, …
 *
 * @param {string} selector
 * @returns {string[]}
 */
function withoutUniversal(selector) {
  if (!UNIVERSAL.test(selector)) return [selector];
  return TAGS.flatMap((tag) => withoutUniversal(selector.replace(UNIVERSAL, `$1${tag}`)));
}

const plugin = () => ({
  postcssPlugin: 'linli-wxss-universal',
  /** @param {import('postcss').Rule} rule */
  Rule(rule) {
    if (rule.selectors.some((selector) => UNIVERSAL.test(selector)))
      rule.selectors = rule.selectors.flatMap(withoutUniversal);
  },
});

module.exports = Object.assign(plugin, { postcss: true });
