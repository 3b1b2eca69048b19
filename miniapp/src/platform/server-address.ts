/** Where the server is: empty in the browser, which has the pages from it; its address in the weapp. */
export const serverOrigin: string = SERVER_ORIGIN;

/** A path as the server gives it (a signed picture, a code to scan), as the phone can load it. */
export function serverAddress(path: string): string {
  return serverOrigin + path;
}
