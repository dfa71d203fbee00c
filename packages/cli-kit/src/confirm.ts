import { createInterface } from 'node:readline/promises';
import { exitCodes } from './exit.codes.ts';
import { OperatorError } from './operator.error.ts';

interface Confirmation {
  /** Whether it was agreed to on the command line. */
  accepted: boolean | undefined;
  /** The option that does so. */
  option: string;
}

/**
 * Asks whoever sits at the terminal to type a word before something is lost.
 * @throws OperatorError (refused) when nobody sits there, or another word was typed: nothing is to be changed then
 */
export function confirmLoss(
  word: string,
  { accepted }: Pick<Confirmation, 'accepted'>,
): Promise<void> {
  return confirmWord(word, { accepted, option: '--accept-data-loss' });
}

/** The same before something is changed. @throws OperatorError (refused) */
export async function confirmWord(word: string, { accepted, option }: Confirmation): Promise<void> {
  if (accepted === true) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new OperatorError(
      'Nobody is at a terminal to confirm this; nothing was changed.',
      `${option} confirms it.`,
      { exitCode: exitCodes.refused },
    );
  }
  if ((await ask(`Type ${word} to go on: `)) === word) return;
  throw new OperatorError(`That was not ${word}; nothing was changed.`, undefined, {
    exitCode: exitCodes.refused,
  });
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
