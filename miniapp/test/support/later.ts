/** Something that comes when the test says so. */
export class Later<T> {
  readonly promise: Promise<T>;
  private resolve: ((value: T) => void) | null = null;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  come(value: T): void {
    this.resolve?.(value);
  }
}
