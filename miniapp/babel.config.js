// Taro's own preset; the browsers come from .browserslistrc.
module.exports = {
  presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5' }]],
};
