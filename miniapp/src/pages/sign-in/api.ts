import type {
  DemoRole,
  DemoSignInRequest,
  SendCodeRequest,
  SendCodeResponse,
  SignInOptions,
  SignInResponse,
  VerifyCodeRequest,
  WechatPhoneRequest,
} from '@linli/shared/identity';
import { api } from '@/request/api';
import { type Resource, useResource } from '@/request/use-resource';

const ANONYMOUS = { anonymous: true } as const;

export function useSignInOptions(): Resource<SignInOptions> {
  return useResource('auth/options', () => api.get<SignInOptions>('/api/auth/options', undefined, ANONYMOUS));
}

export function useDemoRoles(): Resource<readonly DemoRole[]> {
  return useResource('auth/demo', () =>
    api.get<readonly DemoRole[]>('/api/auth/demo/roles', undefined, ANONYMOUS),
  );
}

export function sendCode(request: SendCodeRequest): Promise<SendCodeResponse> {
  return api.post<SendCodeResponse>('/api/auth/sms/send', request, ANONYMOUS);
}

export function verifyCode(request: VerifyCodeRequest): Promise<SignInResponse> {
  return api.post<SignInResponse>('/api/auth/sms/verify', request, ANONYMOUS);
}

export function signInAsDemo(request: DemoSignInRequest): Promise<SignInResponse> {
  return api.post<SignInResponse>('/api/auth/demo', request, ANONYMOUS);
}

/** Binds the phone that WeChat knows; the homes on the roll under that number come with it. */
export function bindWechatPhone(request: WechatPhoneRequest): Promise<unknown> {
  return api.post('/api/auth/wechat/phone', request);
}
