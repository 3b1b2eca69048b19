import { beforeEach, describe, expect, test } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { becomeSignedIn } from '../src/request';
import {
  currentHome,
  isSignedIn,
  useDraft,
  useDrafts,
  usePreferences,
  useSession,
  writeDrafts,
} from '../src/stores';
import { home, membership, person, signedIn } from './support/people';

beforeEach(() => {
  window.localStorage.clear();
  useSession.getState().signOut();
  useDrafts.getState().discardAll();
});

const kept = (name: string): Record<string, unknown> =>
  JSON.parse(window.localStorage.getItem(`linli/${name}`) ?? '{}') as Record<string, unknown>;

describe('the session', () => {
  test('of an owner with two homes begins at the first and keeps the one that was chosen', () => {
    const second = home({ id: 'r2', unitId: 'u2', unitName: '7号楼 2单元 1201' });
    const me = person({ residencies: [home(), second] });
    useSession.getState().signIn(signedIn(me));
    expect(currentHome(useSession.getState())?.unitId).toBe('u1');
    useSession.getState().chooseHome(second);
    useSession.getState().setMe(me);
    expect(currentHome(useSession.getState())?.unitId).toBe('u2');
  });

  test('of a person whose home was sold meanwhile goes on with another', () => {
    useSession
      .getState()
      .signIn(signedIn(person({ residencies: [home(), home({ id: 'r2', unitId: 'u2' })] })));
    useSession.getState().setMe(person({ residencies: [home({ id: 'r2', unitId: 'u2' })] }));
    expect(currentHome(useSession.getState())?.unitId).toBe('u2');
  });

  test('of a clerk who lives elsewhere begins at the workbench, in the estate she works for', () => {
    useSession
      .getState()
      .signIn(signedIn(person({ residencies: [], memberships: [membership({ role: 'COMPANY_CLERK' })] })));
    const { view, estateId, unitId } = useSession.getState();
    expect({ view, estateId, unitId }).toEqual({ view: 'STAFF', estateId: 'e1', unitId: null });
  });

  test('of a treasurer whose term has ended is a resident’s again', () => {
    useSession.getState().signIn(signedIn(person({ memberships: [membership()] })));
    useSession.getState().setView('STAFF');
    useSession.getState().setMe(person());
    expect(useSession.getState().view).toBe('RESIDENT');
  });

  test('a resident cannot switch to the workbench', () => {
    useSession.getState().signIn(signedIn());
    useSession.getState().setView('STAFF');
    expect(useSession.getState().view).toBe('RESIDENT');
  });

  test('that has run out forgets the token and not the person', () => {
    useSession.getState().signIn(signedIn());
    useSession.getState().forgetToken();
    expect(isSignedIn(useSession.getState())).toBe(false);
    expect(useSession.getState().me?.name).toBe('王秀英');
  });

  test('ended by hand leaves nothing of the person on the phone', () => {
    useSession.getState().signIn(signedIn());
    useSession.getState().signOut();
    expect(JSON.stringify(kept('session'))).not.toMatch(/王秀英|138|token-1/);
    expect(kept('session')['leftOnPurpose']).toBe(true);
  });
});

describe('a draft', () => {
  test('is still there when the app is opened again', () => {
    const { result } = renderHook(() => useDraft('complaint/new', { title: '', text: '' }));
    act(() => {
      result.current.merge({ title: '消防通道被堵' });
      result.current.merge({ text: '东门' });
    });
    expect(result.current.value).toEqual({ title: '消防通道被堵', text: '东门' });
    writeDrafts();
    expect(JSON.stringify(kept('drafts'))).toContain('消防通道被堵');
  });

  test('is gone once it was sent', () => {
    const { result } = renderHook(() => useDraft('reply/1', ''));
    act(() => {
      result.current.set('已派人');
    });
    expect(result.current.kept).toBe(true);
    act(() => {
      result.current.discard();
    });
    expect(result.current).toMatchObject({ value: '', kept: false });
  });
});

describe('on a computer that several people use', () => {
  beforeEach(() => {
    becomeSignedIn(signedIn(person({ id: 'first' })));
    useDrafts.getState().save('reply/1', '已派人处理');
    useSession.getState().forgetToken();
  });

  test('whoever comes back after the session ran out finds what they typed', () => {
    becomeSignedIn(signedIn(person({ id: 'first' })));
    expect(useDrafts.getState().drafts['reply/1']?.value).toBe('已派人处理');
  });

  test('the next person finds nothing of it', () => {
    becomeSignedIn(signedIn(person({ id: 'second' })));
    expect(useDrafts.getState().drafts).toEqual({});
  });
});

describe('preferences', () => {
  test('are kept on the phone', () => {
    usePreferences.getState().setElder(true);
    expect(kept('preferences')['elder']).toBe(true);
    usePreferences.getState().setElder(false);
  });
});
