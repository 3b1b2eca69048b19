import { isH5 } from './environment';

export type Role =
  | 'button'
  | 'link'
  | 'tab'
  | 'tablist'
  | 'checkbox'
  | 'switch'
  | 'radio'
  | 'radiogroup'
  | 'dialog'
  | 'alert'
  | 'status'
  | 'img'
  | 'navigation'
  | 'heading'
  | 'table'
  | 'row'
  | 'list'
  | 'progressbar';

export interface Spoken {
  readonly role?: Role | undefined;
  /** What is read aloud in place of the text inside. */
  readonly label?: string | undefined;
  /** Reachable with the keyboard. */
  readonly focusable?: boolean | undefined;
  readonly selected?: boolean | undefined;
  readonly expanded?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** An ornament: not read at all. */
  readonly hidden?: boolean | undefined;
}

/** The attributes that say it to a screen reader: WAI-ARIA in a browser, WeChat's own two on the phone. */
export function spoken(it: Spoken): Record<string, string | number> {
  const props: Record<string, string | number> = {};
  const set = (name: string, value: string | number | boolean | undefined) => {
    if (value !== undefined && value !== false) props[name] = value === true ? 'true' : value;
  };
  if (!isH5) {
    set('aria-role', it.role);
    set('aria-label', it.label);
    return props;
  }
  set('role', it.role);
  set('aria-modal', it.role === 'dialog');
  set('aria-label', it.label);
  set('tabindex', it.focusable === true && it.disabled !== true ? '0' : undefined);
  set('aria-disabled', it.disabled);
  set('aria-hidden', it.hidden);
  if (it.expanded !== undefined) props['aria-expanded'] = String(it.expanded);
  if (it.selected !== undefined) {
    props[it.role === 'tab' ? 'aria-selected' : 'aria-checked'] = String(it.selected);
  }
  return props;
}
