export { BEIJING_RADAR } from './beijing.ts';
export { DISTRICT_TEMPLATE_RADAR } from './district-template.ts';
export { NATIONAL_RADAR } from './national.ts';
export { QITAI_RADAR } from './qitai.ts';
export { SHANGHAI_RADAR } from './shanghai.ts';
export { SHUANGLIAO_RADAR } from './shuangliao.ts';
export { SISHUI_RADAR } from './sishui.ts';
export { ZHOUKOU_RADAR } from './zhoukou.ts';
