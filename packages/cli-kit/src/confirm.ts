import { createInterface } from 'node:readline/promises';
import { StoreError } from '@gospelib/stores';

/**
 * Asks whoever sits at the terminal to type a word before something is lost.
 * @throws StoreError when nobody sits there, or another word was typed: nothing is to be changed then
 */
export async function confirmLoss(
  word: string,
  { accepted }: { accepted: boolean | undefined },
): Promise<void> {
  if (accepted === true) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new StoreError(
      'Nobody is at a terminal to confirm this; nothing was changed.',
      '--accept-data-loss confirms it.',
    );
  }
  if ((await ask(`Type ${word} to go on: `)) === word) return;
  throw new StoreError(`That was not ${word}; nothing was changed.`);
}

/** Undefined when the question is left with Ctrl-C or Ctrl-D. */
async function ask(question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } catch (error) {
    if ((error as Error).name === 'AbortError') return undefined;
    throw error;
  } finally {
    terminal.close();
  }
}
