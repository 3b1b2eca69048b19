import { ROUTE_NAMES, pagePath, routeOf } from './routes';

const mainPages = ROUTE_NAMES.filter((name) => routeOf(name).package === undefined);
const packages = [...new Set(ROUTE_NAMES.map((name) => routeOf(name).package))].filter(
  (name) => name !== undefined,
);

export default {
  entryPagePath: pagePath('home'),
  pages: mainPages.map(pagePath),
  subpackages: packages.map((folder) => ({
    root: `packages/${folder}`,
    pages: ROUTE_NAMES.filter((name) => routeOf(name).package === folder).map((name) => routeOf(name).path),
  })),
  tabBar: {
    color: '#5B6470',
    selectedColor: '#15705B',
    backgroundColor: '#FFFFFF',
    borderStyle: 'black',
    list: mainPages
      .filter((name) => routeOf(name).tab)
      .map((name) => ({
        pagePath: pagePath(name),
        text: routeOf(name).title,
        iconPath: `assets/tab/${name}.png`,
        selectedIconPath: `assets/tab/${name}-on.png`,
      })),
  },
  window: {
    navigationBarTitleText: '邻里公开',
    navigationBarBackgroundColor: '#F5F6F4',
    navigationBarTextStyle: 'black',
    backgroundColor: '#F5F6F4',
    backgroundTextStyle: 'dark',
  },
  lazyCodeLoading: 'requiredComponents',
  style: 'v2',
  // H5: no sliding pages; a transform on the page would take fixed bars along.
  animation: false,
};
