import { Text, View } from '@tarojs/components';
import { type CSSProperties, type ReactNode, useEffect } from 'react';
import { askToSignIn, goBack, hasPageBelow } from '@/navigate';
import { isH5, spoken, useQuery, wechatFontScale } from '@/platform';
import type { Resource } from '@/request/use-resource';
import { type RouteName, routeOf } from '@/routes';
import { useDrafts } from '@/stores/drafts';
import { usePreferences } from '@/stores/preferences';
import { isSignedIn, isStaff, useSession } from '@/stores/session';
import { toast } from '@/stores/toast';
import { classNames } from './class-names';
import { Icon } from './icon';
import { ErrorState, SkeletonList, StateBlock } from './states';
import { Tap } from './tap';
import { ToastHost } from './toast';
import './page-shell.css';

interface FrameProps {
  readonly route: RouteName;
  /** On the drawn bar of H5; the route's title where absent. */
  readonly title?: string;
  /** At the right of the drawn bar of H5. */
  readonly barAction?: ReactNode;
  /** Without the drawn bar: the page has a head of its own. */
  readonly bare?: boolean;
  /** Stays at the foot of the screen: the page's one action. */
  readonly foot?: ReactNode;
  /** Around whatever state the page is in: the workbench's navigation. */
  readonly layout?: (content: ReactNode) => ReactNode;
  /** Uses the whole width of a laptop. */
  readonly wide?: boolean;
}

export interface ContentProps<T> {
  readonly resource: Resource<T>;
  /** The shape of this page while it loads. */
  readonly skeleton?: ReactNode;
  /** Instead of the content where there is none: `Empty` with what to do next. */
  readonly empty?: (data: T) => ReactNode;
  /** Said when loading fails: 您写的内容还在手机里。 */
  readonly kept?: string;
  readonly children: (data: T) => ReactNode;
}

export type PageShellProps<T> = FrameProps &
  (ContentProps<T> | { readonly resource?: never; readonly children: ReactNode });

/**
 * Around every page: who may look, the four states, elder mode and font size, the bar that H5 lacks, toasts.
 * A failed first load takes the page's place; a failed refresh is a toast over what was known.
 */
export function PageShell<T>(props: PageShellProps<T>) {
  return (
    <PageFrame {...props}>
      {props.resource === undefined ? props.children : <PageContent {...props} />}
    </PageFrame>
  );
}

function PageFrame({
  route,
  title,
  barAction,
  bare = false,
  foot,
  layout,
  wide = false,
  children,
}: FrameProps & { readonly children: ReactNode }) {
  const { className, style } = usePageRoot();
  const guarded = <Guarded route={route}>{children}</Guarded>;
  return (
    <View className={classNames(className, 'page', wide && 'page--wide')} style={style}>
      {isH5 && !bare && (
        <NavBar
          title={title ?? routeOf(route).title}
          root={routeOf(route).tab === true || (route === 'desk' && !hasPageBelow())}
          action={barAction}
        />
      )}
      <View className="page__body">{layout === undefined ? guarded : layout(guarded)}</View>
      {foot !== undefined && <View className="page__foot no-print">{foot}</View>}
      <ToastHost />
    </View>
  );
}

/** Elder mode and the font size are tokens on the page's root. */
export function usePageRoot(): { readonly className: string; readonly style: CSSProperties } {
  const { elder, followWechatFont } = usePreferences();
  const scale = elder || !followWechatFont ? 1 : wechatFontScale();
  return {
    className: classNames('linli', elder && 'linli--elder'),
    style: scale === 1 ? {} : ({ '--type-scale': String(scale) } as CSSProperties),
  };
}

function NavBar({
  title,
  root,
  action,
}: {
  readonly title: string;
  /** There is nowhere to go back to. */
  readonly root: boolean;
  readonly action: ReactNode;
}) {
  return (
    <View className="nav-bar no-print" {...spoken({ role: 'navigation' })}>
      <View className="nav-bar__side">
        {!root && (
          <Tap
            className="nav-bar__back"
            label={hasPageBelow() ? '返回' : '回首页'}
            onTap={() => {
              goBack();
            }}
          >
            <Icon name={hasPageBelow() ? 'back' : 'home'} />
          </Tap>
        )}
      </View>
      <Text className="nav-bar__title" {...spoken({ role: 'heading' })}>
        {title}
      </Text>
      <View className="nav-bar__side nav-bar__side--end">{action}</View>
    </View>
  );
}

/** Who may look: the signed-out state says why signing in helps. */
function Guarded({ route, children }: { readonly route: RouteName; readonly children: ReactNode }) {
  const signedIn = useSession(isSignedIn);
  const staff = useSession(isStaff);
  const { signIn, staff: staffOnly, params = [] } = routeOf(route);
  const query = useQuery();
  if (signIn !== undefined && !signedIn) return <SignedOut why={signIn} />;
  if (staffOnly !== undefined && !staff) {
    return (
      <StateBlock
        icon="lock"
        title="您没有这里的权限"
        text={`${staffOnly}您现在没有在任的职务，如有疑问请联系所在单位。`}
        next={{ label: '回首页', onTap: () => goBack() }}
      />
    );
  }
  if (params.some((name) => !name.endsWith('?') && query[name] === undefined)) {
    return (
      <StateBlock
        icon="alert"
        title="没有找到"
        text="这个地址不完整，可能是复制时漏了一段。"
        next={{ label: '回首页', onTap: () => goBack() }}
      />
    );
  }
  return <>{children}</>;
}

/** Why signing in helps; where it had run out, also that nothing typed is lost. */
function SignedOut({ why }: { readonly why: string }) {
  const expired = useSession((state) => state.me !== null);
  const unsent = useDrafts((state) => Object.keys(state.drafts).length > 0);
  return (
    <StateBlock
      icon="lock"
      title={expired ? '登录已过期' : '请先登录'}
      text={unsent ? '您没有提交的内容还在这台设备上，登录后可以接着填。' : why}
      next={{ label: expired ? '重新登录' : '登录', onTap: askToSignIn }}
    />
  );
}

/** What came from the server, or why it did not; the shell uses it for a whole page, a page for a part of itself. */
export function PageContent<T>({ resource, skeleton, empty, kept, children }: ContentProps<T>) {
  const refreshError = resource.status === 'ready' ? resource.refreshError : null;
  useEffect(() => {
    if (refreshError !== null && !refreshError.signedOut)
      toast(`没有刷新成功：${refreshError.message}`, 'bad');
  }, [refreshError]);

  if (resource.status === 'loading') return <>{skeleton ?? <SkeletonList />}</>;
  if (resource.status === 'error')
    return <ErrorState error={resource.error} kept={kept} onRetry={resource.reload} />;
  return <>{empty?.(resource.data) ?? children(resource.data)}</>;
}
