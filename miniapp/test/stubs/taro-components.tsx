import { createElement, type ReactNode } from 'react';

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };

/** Taro's components as the elements that they become in a browser. */
const element = (tag: string) =>
  function Stub(props: Props) {
    const known = Object.entries(props).filter(([name]) =>
      /^(className|style|id|src|role|on(Click|KeyDown)|aria-.*)$/.test(name),
    );
    const tabIndex = props['tabindex'] === undefined ? {} : { tabIndex: Number(props['tabindex']) };
    return createElement(
      tag,
      { ...Object.fromEntries(known), ...tabIndex },
      tag === 'img' ? undefined : props.children,
    );
  };

export const View = element('div');
export const Text = element('span');
export const Image = element('img');
export const Button = element('button');
export const Input = element('div');
export const Textarea = element('div');
export const Picker = element('div');
