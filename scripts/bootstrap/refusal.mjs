// @ts-check

/** Something that the person at the keyboard can put right. It is shown as one line, without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} english
   * @param {string} chinese
   */
  constructor(english, chinese) {
    super(`${english} · ${chinese}`);
    this.name = 'Refusal';
  }
}

/**
 * Runs a command's body: its number is the exit code, a {@link Refusal} is one line and exit 1. Anything else is a
 * fault of ours and keeps its stack.
 *
 * @param {() => Promise<number | void>} body
 */
export async function command(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof Refusal ? error.message : error);
  }
}

/**
 * What is going on, for people. On stderr: stdout belongs to the command, `npm run -s tally` prints only JSON there.
 *
 * @param {string} line
 */
export function say(line) {
  console.error(line);
}
