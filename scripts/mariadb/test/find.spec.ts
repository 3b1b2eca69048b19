import { expect, test } from '@jest/globals';
import { isRecent, parseVersion } from '../find.ts';

test('the version is read from what the server says of itself', () => {
  const text = 'mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)\n';
  expect(parseVersion(text)).toBe('10.11.19');
});

test('a MySQL is not a MariaDB', () => {
  expect(parseVersion('mysqld  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)')).toBeNull();
});

test('10.11 and what came after it will do', () => {
  expect(['10.6.18', '10.10.7', '5.5.68'].map(isRecent)).toEqual([false, false, false]);
  expect(['10.11.0', '11.4.2', '12.0.1'].map(isRecent)).toEqual([true, true, true]);
});
