/** Which openid a person has at this mini-program; null where they never came through WeChat. Identity provides it. */
export abstract class Openids {
  abstract of(personId: string): Promise<string | null>;
}
