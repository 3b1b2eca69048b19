import { mergeInternalComponents } from '@tarojs/shared';

const ARIA = { 'aria-label': '', 'aria-role': '' };

mergeInternalComponents({
  View: ARIA,
  Text: ARIA,
  Image: ARIA,
  Button: ARIA,
  Input: ARIA,
  Textarea: ARIA,
  Switch: ARIA,
  Picker: ARIA,
});
