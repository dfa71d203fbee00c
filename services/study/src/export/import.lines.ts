import { type ExportLine, exportLine } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';

/** A line, its number, counted from 1, and its length in UTF-16 units. */
export interface Numbered<Line> {
  number: number;
  length: number;
  line: Line;
}

/** A line between the first and the last of an export. */
export type ContentLine = Exclude<ExportLine, { type: 'gospelib-study' | 'end' }>;

/**
 * Reads the lines of an export and checks that it is complete.
 * @throws ProblemError invalid-input, naming the line
 */
export async function* readExport(
  lines: AsyncIterable<string>,
): AsyncGenerator<Numbered<ContentLine>, void, void> {
  let number = 0;
  let ended = false;
  for await (const text of lines) {
    number += 1;
    if (ended) throw fault(number, 'comes after the end');
    const line = parseLine(number, text);
    if ((line.type === 'gospelib-study') !== (number === 1)) {
      throw fault(
        number,
        'must be the first line, {"type":"gospelib-study","format":1}, and only that',
      );
    }
    if (line.type === 'gospelib-study') continue;
    if (line.type !== 'end') {
      yield { number, length: text.length, line };
      continue;
    }
    if (line.lines !== number - 2) throw fault(number, `promises ${line.lines} lines before it`);
    ended = true;
  }
  if (!ended) throw fault(number + 1, 'is missing: the file was cut off');
}

/** Runs `work` and turns a fault in the input into a problem that names the line. */
export function atLine<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'invalid-input') throw error;
    throw fault(number, error.extras.errors?.[0]?.message ?? error.message, error);
  }
}

function parseLine(number: number, text: string): ExportLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fault(number, 'is not JSON', cause);
  }
  const parsed = exportLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw fault(
    number,
    `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'is not valid'}`,
  );
}

function fault(number: number, message: string, cause?: unknown): ProblemError {
  return new ProblemError('invalid-input', `Line ${number}: ${message}. Nothing was imported.`, {
    errors: [{ path: `line ${number}`, message }],
    cause,
  });
}
