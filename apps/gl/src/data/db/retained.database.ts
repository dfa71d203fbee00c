import { OperatorError } from '@gospelib/cli-kit';
import { listRetained } from '@gospelib/database';

/** Before anybody is asked, and for a dry run. @throws OperatorError when there is no such database */
export async function assertRetained(url: string, name: string): Promise<void> {
  const list = (await listRetained(url)).map((one) => one.name);
  if (list.includes(name)) return;
  throw new OperatorError(
    `No restore retained a database ${name}; nothing was changed.`,
    list.length === 0 ? 'Nothing is retained.' : `There are: ${list.join(', ')}.`,
  );
}
