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
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const typed = await terminal.question(`Type ${word} to go on: `);
    if (typed.trim() === word) return;
  } finally {
    terminal.close();
  }
  throw new StoreError(`That was not ${word}; nothing was changed.`);
}
