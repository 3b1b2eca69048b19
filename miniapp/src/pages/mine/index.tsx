import { View } from '@tarojs/components';
import { ROLE_NAMES } from '@linli/shared/identity';
import { useState } from 'react';
import { Button, Card, Cell, Chip, ConfirmSheet, PageShell, SectionHead, Toggle } from '@/components';
import { askToSignIn, navigate, startAt } from '@/navigate';
import { isWeapp } from '@/platform';
import { api, resourceCache, useAction, useMe, useUnread } from '@/request';
import { isSignedIn, isStaff, myHomes, useDrafts, usePreferences, useSession } from '@/stores';
import './index.css';

export default function MinePage() {
  const signedIn = useSession(isSignedIn);
  useMe();
  return (
    <PageShell route="mine">
      <View className="stack stack--4">
        <Who />
        {signedIn && <Messages />}
        <Reading />
        {signedIn && <Homes />}
        <Account />
      </View>
    </PageShell>
  );
}

function Who() {
  const me = useSession((state) => (isSignedIn(state) ? state.me : null));
  if (me === null) {
    return (
      <Card>
        <View className="stack stack--3">
          <View className="t-title">还没有登录</View>
          <View className="t-muted">登录后能看到您的房屋、账单、投票和投诉。</View>
          <Button block onTap={askToSignIn}>
            登录
          </Button>
        </View>
      </Card>
    );
  }
  const roles = [
    ...new Set([...me.residencies.map(({ kind }) => kind), ...me.memberships.map(({ role }) => role)]),
  ];
  return (
    <Card>
      <View className="t-page">{me.name ?? '未登记姓名'}</View>
      <View className="t-second t-muted">{me.phoneMasked ?? '还没有绑定手机号'}</View>
      {roles.length > 0 && (
        <View className="mine-roles">
          {roles.map((role) => (
            <Chip key={role} tone="brand">
              {ROLE_NAMES[role]}
            </Chip>
          ))}
        </View>
      )}
    </Card>
  );
}

function Messages() {
  const unread = useUnread();
  return (
    <Card flush>
      <Cell
        icon="bell"
        title="消息"
        value={
          unread === 0 ? undefined : <Chip tone="urgent">{`${unread > 99 ? '99+' : unread} 条没看`}</Chip>
        }
        label={unread === 0 ? '消息' : `消息，${unread} 条没看`}
        onTap={() => {
          navigate('inbox');
        }}
      />
    </Card>
  );
}

function Reading() {
  const { elder, followWechatFont, setElder, setFollowWechatFont } = usePreferences();
  return (
    <Card flush>
      <Cell
        icon="letters"
        title="长辈模式"
        detail="字更大，一行一件事"
        value={<Toggle on={elder} onChange={setElder} label="长辈模式" />}
      />
      {isWeapp && !elder && (
        <Cell
          title="跟随微信字号"
          detail="微信里调大字号，这里也变大"
          value={<Toggle on={followWechatFont} onChange={setFollowWechatFont} label="跟随微信字号" />}
        />
      )}
    </Card>
  );
}

function Homes() {
  const homes = useSession(myHomes);
  const unitId = useSession((state) => state.unitId);
  return (
    <View>
      <SectionHead
        title="我的房屋"
        {...(homes.length === 0
          ? {}
          : {
              more: '管理',
              onMore: () => {
                navigate('homes');
              },
            })}
      />
      <Card flush>
        {homes.length === 0 && (
          <Cell
            icon="home"
            title="还没有绑定房屋"
            detail="手机号和业主名册对不上？点这里认领，或输入业主给的邀请码。"
            onTap={() => {
              navigate('homes');
            }}
          />
        )}
        {homes.map((home) => (
          <Cell
            key={home.id}
            icon="home"
            title={home.unitName}
            detail={`${home.estateName} · ${ROLE_NAMES[home.kind]}`}
            value={home.unitId === unitId ? <Chip tone="brand">正在看</Chip> : undefined}
            onTap={
              home.unitId === unitId
                ? undefined
                : () => {
                    useSession.getState().chooseHome(home);
                  }
            }
            label={`${home.estateName} ${home.unitName}，${ROLE_NAMES[home.kind]}${home.unitId === unitId ? '，正在看' : '，点这里切换'}`}
          />
        ))}
      </Card>
    </View>
  );
}

function Account() {
  const signedIn = useSession(isSignedIn);
  const staff = useSession(isStaff);
  return (
    <View>
      <SectionHead title="账号与隐私" />
      <Card flush>
        {signedIn && staff && (
          <Cell
            icon="desk"
            title="切换到工作台"
            detail="业委会、物业、社区和街道办事用"
            onTap={() => {
              useSession.getState().setView('STAFF');
              startAt('desk');
            }}
          />
        )}
        {signedIn && (
          <Cell
            icon="device"
            title="登录的设备"
            onTap={() => {
              navigate('sessions');
            }}
          />
        )}
        {signedIn && (
          <Cell
            icon="shield"
            title="隐私与个人信息"
            detail="查看、导出或删除"
            onTap={() => {
              navigate('privacy');
            }}
          />
        )}
        <Cell
          icon="document"
          title="隐私政策"
          onTap={() => {
            navigate('agreement');
          }}
        />
        {signedIn && <SignOut />}
      </Card>
    </View>
  );
}

function forgetHere(): void {
  resourceCache.clear();
  useDrafts.getState().discardAll();
  useSession.getState().signOut();
  startAt('mine');
}

function SignOut() {
  const [asking, setAsking] = useState(false);
  const unsent = useDrafts((state) => Object.keys(state.drafts).length);
  const leave = useAction(() => api.post('/api/auth/sign-out'));
  return (
    <>
      <Cell
        icon="leave"
        title="退出登录"
        danger
        onTap={() => {
          setAsking(true);
        }}
      />
      <ConfirmSheet
        open={asking}
        title="退出登录"
        sentence={
          unsent === 0
            ? '退出后，这台设备上不再显示您的信息。'
            : `这台设备上有 ${unsent} 份没有提交的草稿，退出后会删掉，不能找回。`
        }
        doLabel="退出登录"
        safeLabel="先不退出"
        danger={unsent > 0}
        busy={leave.busy}
        onConfirm={async () => {
          // This phone forgets at once; the server's side of it may fail, and then the session runs out by itself.
          await leave.run();
          forgetHere();
        }}
        onClose={() => {
          setAsking(false);
        }}
      />
    </>
  );
}
