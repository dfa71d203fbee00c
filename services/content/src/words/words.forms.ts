/** The forms of a word in a verse; the graph stores them as one text, separated by spaces. */
export function splitForms(stored: string): string[] {
  return stored.split(' ').filter((form) => form !== '');
}
