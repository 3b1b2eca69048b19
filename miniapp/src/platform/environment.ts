/**
 * Which of the two builds this is. Where a branch uses something that the other build should not carry (an API of
 * WeChat, a picker of Taro's), the condition is written out as `process.env.TARO_ENV === 'h5'` in an if with an else:
 * that form is cut at build time, a constant from another file is not.
 */
export const isH5 = process.env.TARO_ENV === 'h5';
export const isWeapp = process.env.TARO_ENV === 'weapp';
