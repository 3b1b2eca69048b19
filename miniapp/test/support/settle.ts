import { act } from '@testing-library/react';

/** Lets what is still under way arrive while the page is there, so that it does not speak into the next test. */
export async function settle(): Promise<void> {
  await act(
    () =>
      new Promise<void>((resolve) => {
        setTimeout(resolve, 0);
      }),
  );
}
