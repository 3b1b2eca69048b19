/** Something held up in the middle: it stands at the gate until the test lets it pass. */
export class Gate {
  private open = () => {};
  private reach = () => {};
  readonly passed = new Promise<void>((resolve) => (this.open = resolve));
  /** Resolves when somebody stands at the gate. */
  readonly reached = new Promise<void>((resolve) => (this.reach = resolve));

  release(): void {
    this.open();
  }

  async stand(): Promise<void> {
    this.reach();
    await this.passed;
  }
}
