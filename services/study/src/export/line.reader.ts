import { TextDecoder } from 'node:util';
import { ProblemError } from '@gospelib/service-kit';

/**
 * Cuts UTF-8 into lines while holding only one.
 * @param longest maximum length of a line, UTF-16 units
 * @throws ProblemError body-too-large, invalid-input
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const pieces = (rest + decode(decoder, chunk)).split('\n');
    rest = pieces.pop() ?? '';
    yield* pieces;
    if (rest.length > longest) {
      throw new ProblemError('body-too-large', `A line has more than ${longest} characters.`);
    }
  }
  rest += decode(decoder);
  if (rest !== '') yield rest;
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new ProblemError('invalid-input', 'The file is not UTF-8.', { cause });
  }
}
