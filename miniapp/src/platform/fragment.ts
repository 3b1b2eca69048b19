/** What stands behind the "#" of the address that a camera opened: a browser never sends it to a server. */
export function openedFragment(): string {
  if (process.env.TARO_ENV === 'h5') {
    return window.location.hash.replace(/^#/, '');
  } else {
    return '';
  }
}
