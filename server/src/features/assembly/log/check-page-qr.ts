import type { Environment } from '../../../config/environment.ts';
import { qrCodePicture } from '../../../kernel/qr-code/qr-code.ts';

const CHECK_PAGE = 'packages/assembly/pages/check/index';

/** What a camera opens: the proof stands behind the "#", which no browser sends to a server. */
export function checkPageQr({ publicOrigin }: Environment, proof: string): Promise<string> {
  return qrCodePicture(`${publicOrigin}/${CHECK_PAGE}#${proof}`);
}
