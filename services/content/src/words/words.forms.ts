/** The forms in which a word stands in a verse; the graph keeps them as one text with spaces between. */
export function splitForms(stored: string): string[] {
  return stored.split(' ').filter((form) => form !== '');
}
