import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { PRIVACY_VERSION } from '@linli/shared/identity';
import SignInPage from '../src/pages/sign-in/index';
import { resourceCache } from '../src/request';
import { usePreferences, useSession } from '../src/stores';
import { membership, person, signedIn } from './support/people';
import { type Answer, TestServer, ok, refusal } from './support/server';
import { moves, router } from './stubs/taro';
import { settle } from './support/settle';

afterEach(settle);

let server: TestServer;

beforeEach(() => {
  window.localStorage.clear();
  moves.length = 0;
  router.params = {};
  act(() => {
    resourceCache.clear();
    useSession.getState().signOut();
    usePreferences.getState().withdrawAgreement();
  });
  server = new TestServer()
    .on('GET /api/auth/options', () => ok({ demo: true, smsLogin: true, wechat: false }))
    .on('GET /api/auth/demo/roles', () =>
      ok([{ key: 'owner', label: '业主', personName: '王秀英', story: '看公示、投诉、投票、缴费' }]),
    )
    .on('POST /api/auth/demo', () => ok(signedIn()))
    .on('PUT /api/me/privacy', () => ok({}))
    .install();
});

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

async function open(): Promise<void> {
  render(<SignInPage />);
  await screen.findByText('王秀英');
}

function agree(): void {
  fireEvent.click(screen.getByRole('checkbox'));
}

describe('before agreeing to the privacy policy', () => {
  test('nothing that identifies a person is sent', async () => {
    await open();
    fireEvent.change(field('手机号'), { target: { value: '13812345678' } });
    fireEvent.click(screen.getByText('获取验证码'));
    fireEvent.click(screen.getByText('王秀英'));
    expect(server.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(screen.getByText('勾选后才能登录')).toBeTruthy();
  });
});

describe('with a code by SMS', () => {
  test('a number that is no mobile phone is refused before anything is sent', async () => {
    await open();
    agree();
    fireEvent.change(field('手机号'), { target: { value: '0994-7212345' } });
    fireEvent.click(screen.getByText('获取验证码'));
    expect(screen.getByText('请填 11 位手机号')).toBeTruthy();
    expect(server.requests('POST /api/auth/sms/send')).toEqual([]);
  });

  test('a number typed with spaces is sent without them, and the next code has to wait', async () => {
    server.on('POST /api/auth/sms/send', () => ok({ resendAt: Date.now() + 60_000 }));
    await open();
    agree();
    fireEvent.change(field('手机号'), { target: { value: '138 1234 5678' } });
    fireEvent.click(screen.getByText('获取验证码'));
    await screen.findByText(/秒后重发/);
    expect(server.requests('POST /api/auth/sms/send')[0]?.body).toEqual({ phone: '13812345678' });
    fireEvent.click(screen.getByText(/秒后重发/));
    expect(server.requests('POST /api/auth/sms/send')).toHaveLength(1);
  });

  test('a wrong code keeps what was typed and shows the server’s sentence', async () => {
    server.on('POST /api/auth/sms/verify', () => refusal(422, 'CODE.WRONG', '验证码不对，还可以试 4 次'));
    await open();
    agree();
    fireEvent.change(field('手机号'), { target: { value: '13812345678' } });
    fireEvent.change(field('短信验证码'), { target: { value: '123456' } });
    fireEvent.click(screen.getByText('登录', { selector: '.button__text' }));
    await screen.findByText('验证码不对，还可以试 4 次');
    expect(field('手机号').value).toBe('13812345678');
    expect(field('短信验证码').value).toBe('123456');
    expect(useSession.getState().token).toBeNull();
  });
});

async function signInAs(answer: Answer): Promise<void> {
  server.on('POST /api/auth/demo', () => answer);
  await open();
  agree();
  fireEvent.click(screen.getByText('王秀英'));
  await waitFor(() => {
    expect(moves).toHaveLength(1);
  });
}

describe('after signing in', () => {
  test('a resident comes to the first page, and the server knows what was agreed to', async () => {
    await signInAs(ok(signedIn()));
    expect(moves).toEqual([['reLaunch', '/pages/home/index']]);
    expect(server.requests('PUT /api/me/privacy')[0]).toMatchObject({
      body: { version: PRIVACY_VERSION },
      headers: { Authorization: 'Bearer token-1' },
    });
  });

  test('a clerk comes to the workbench', async () => {
    await signInAs(
      ok(signedIn(person({ residencies: [], memberships: [membership({ role: 'COMPANY_CLERK' })] }))),
    );
    expect(moves).toEqual([['reLaunch', '/packages/workbench/pages/desk/index']]);
  });

  test('whoever was sent here goes back to where they were', async () => {
    router.params = { back: encodeURIComponent('/packages/account/pages/sessions/index') };
    await signInAs(ok(signedIn()));
    expect(moves).toEqual([['redirectTo', '/packages/account/pages/sessions/index']]);
  });

  test('an address that is not ours is not followed', async () => {
    router.params = { back: encodeURIComponent('https://elsewhere.example/') };
    await signInAs(ok(signedIn()));
    expect(moves).toEqual([['reLaunch', '/pages/home/index']]);
  });
});
