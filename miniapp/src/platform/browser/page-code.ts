/** As Taro's H5 entry leaves it on the window: the pages, and how the code of each is fetched. */
interface TaroApp {
  readonly routes?: readonly {
    readonly path: string;
    readonly load: () => readonly [page: Promise<unknown>, ...rest: readonly unknown[]];
  }[];
}

/** The code of the page at an address, on its way or here already; null where nothing has to be fetched. */
export function pageCode(url: string): Promise<unknown> | null {
  const { routes = [] } = (window as { readonly __taroAppConfig?: TaroApp }).__taroAppConfig ?? {};
  const path = url.replace(/^\//, '').replace(/\?.*$/, '');
  return routes.find((route) => route.path.replace(/^\//, '') === path)?.load()[0] ?? null;
}

/** Whether a fresh copy of the app can be had there. */
export async function isServed(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
