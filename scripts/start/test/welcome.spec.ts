import { expect, test } from '@jest/globals';
import { readSettings } from '../settings.mjs';
import { welcome } from '../welcome.ts';

const settings = readSettings({}, '/srv/linli', () => null);

test('the address and each role are on a line of their own, in columns', () => {
  const roles = [
    { label: '业主', personName: '陈静', story: '看公示、投票、缴费' },
    { label: '物业客服', personName: '李明华', story: '处理工单' },
  ];
  const lines = welcome(settings, roles).split('\n');
  expect(lines).toContain('  http://127.0.0.1:3000');
  expect(lines).toContain('  业主      陈静    看公示、投票、缴费');
  expect(lines).toContain('  物业客服  李明华  处理工单');
});

test('without a demo there is nobody to sign in as', () => {
  expect(welcome(settings, [])).not.toContain('Sign in');
});

test('phones are told the address that they can reach', () => {
  const open = readSettings({ HOST: '0.0.0.0' }, '/srv/linli', () => '192.168.1.20');
  expect(welcome(open, [])).toContain('  http://192.168.1.20:3000');
});
