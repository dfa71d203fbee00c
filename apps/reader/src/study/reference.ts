import { formatReference, parseId } from '@gospelib/scripture';

/** A canonical id as people write it: "Alma 32:21–23". Undefined for anything else. */
export function referenceOfId(id: string | undefined): string | undefined {
  const reference = id === undefined ? undefined : parseId(id);
  return reference && formatReference(reference);
}
