/** 业主大会 2024－1－3 and 业主大会2024-1-3 are one number 决定编号, however a sheet writes it. */
export function tidyDecisionNumber(number: string): string {
  return number
    .replace(/\s/g, '')
    .replace(/[－—–]/g, '-')
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}
