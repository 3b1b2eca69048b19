/** 张三 → 张*, 欧阳修 → 欧*: the length of the name is hidden too. */
export function maskName(name: string): string {
  const [first = ''] = Array.from(name.trim());
  return first === '' ? '' : `${first}*`;
}

/** 13812341234 → 138****1234; of any other number only the last four digits stay. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const tail = digits.slice(-4);
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${tail}`;
  return digits.length > 4 ? `****${tail}` : '****';
}
