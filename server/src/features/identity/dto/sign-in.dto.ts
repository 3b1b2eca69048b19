import { IsIn, Matches, MaxLength, IsString } from 'class-validator';
import {
  PRIVACY_VERSION,
  type AcceptPrivacyRequest,
  type DemoSignInRequest,
  type SendCodeRequest,
  type VerifyCodeRequest,
  type WechatPhoneRequest,
  type WechatSignInRequest,
} from '@linli/shared/identity';

const MOBILE = /^1[3-9]\d{9}$/;
const MOBILE_SENTENCE = { message: '请填写 11 位手机号' };

export class SendCodeDto implements SendCodeRequest {
  @Matches(MOBILE, MOBILE_SENTENCE)
  phone: string;
}

export class VerifyCodeDto implements VerifyCodeRequest {
  @Matches(MOBILE, MOBILE_SENTENCE)
  phone: string;

  @Matches(/^\d{6}$/, { message: '请填写 6 位数字验证码' })
  code: string;
}

export class WechatCodeDto implements WechatSignInRequest, WechatPhoneRequest {
  @IsString()
  @MaxLength(200)
  code: string;
}

export class DemoSignInDto implements DemoSignInRequest {
  @Matches(/^[a-z][a-z0-9-]{1,30}$/)
  roleKey: string;
}

export class AcceptPrivacyDto implements AcceptPrivacyRequest {
  @IsIn([PRIVACY_VERSION])
  version: string;
}
