import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { useWide } from '@/platform';
import { Button } from '../button';
import { usePageRoot } from '../page-shell';
import { Sheet } from '../sheet';
import './split-view.css';

export interface SplitViewProps {
  readonly children: ReactNode;
  /** What residents will see; beside it on a laptop, behind a button on a phone. */
  readonly preview: ReactNode;
  readonly previewLabel?: string;
}

/** The work in the middle, and on the right, as a phone, what it makes. */
export function SplitView({ children, preview, previewLabel = '看业主会看到的样子' }: SplitViewProps) {
  const wide = useWide();
  const [open, setOpen] = useState(false);
  if (wide) {
    return (
      <View className="split-view">
        <View className="split-view__main">{children}</View>
        <View className="split-view__aside">
          <PhonePreview label={previewLabel}>{preview}</PhonePreview>
        </View>
      </View>
    );
  }
  return (
    <View className="stack stack--4">
      {children}
      <Button
        kind="plain"
        block
        onTap={() => {
          setOpen(true);
        }}
      >
        {previewLabel}
      </Button>
      <Sheet
        open={open}
        title="预览"
        onClose={() => {
          setOpen(false);
        }}
      >
        {preview}
      </Sheet>
    </View>
  );
}

/** A phone in the size of the drawing, with the same tokens as the residents' pages. */
function PhonePreview({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const { className } = usePageRoot();
  return (
    <View className="phone-preview">
      <View className="phone-preview__label">{label}</View>
      <View className="phone-preview__frame">
        <View className={`${className} phone-preview__screen`}>{children}</View>
      </View>
    </View>
  );
}
