// Taro's weapp templates leave out aria-label and aria-role; screen readers need both on what can be touched or read.
const path = require('node:path');

const ARIA = { 'aria-label': '', 'aria-role': '' };
const COMPONENTS = ['View', 'Text', 'Image', 'Button', 'Input', 'Textarea', 'Switch', 'Picker'];

module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (platform.platform !== 'weapp') return;
      platform.template.mergeComponents(
        ctx,
        Object.fromEntries(COMPONENTS.map((name) => [name, { ...ARIA }])),
      );
      // The runtime shortens property names by the same table, so it has to know the two as well.
      platform.runtimePath = [].concat(platform.runtimePath, path.join(__dirname, 'aria-runtime.js'));
    },
  });
};
