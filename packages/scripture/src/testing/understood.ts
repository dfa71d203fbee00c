import { formatReference } from '../reference.format.ts';
import { formatId } from '../reference.id.ts';
import { resolveReference } from '../resolve.ts';

/** The ids; after "!!" a part that was not answered, why, and what is offered; after "##" what else is said. */
export function understood(text: string): string {
  const result = resolveReference(text);
  if (result.status !== 'found') return result.status;
  const { references, unresolved, notes } = result;
  const rest = unresolved.map(({ typed, reason, suggestions }) => {
    return ` !! [${typed}] ${reason} {${suggestions.map(formatReference).join(', ')}}`;
  });
  const said = notes.map((note) => ` ## ${note}`);
  return [references.map(formatId).join(' '), ...rest, ...said].join('');
}
