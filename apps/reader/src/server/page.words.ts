import { formatReference, getBook, parseId, type Reference, volumes } from '@gospelib/scripture';

/** What a link to a page shows before anybody opens it: in tabs, searches and chats. */
export type PageWords = { readonly title: string; readonly description: string };

const LIBRARY =
  'The standard works to read, search and explore: every verse with its cross-references, its words and its names.';

const SINGLE: Readonly<Record<string, string>> = {
  search: 'Search',
  topics: 'Topics',
  sources: 'Sources and licences',
  notebook: 'Notebook',
  collections: 'Reading lists',
  history: 'History',
  account: 'Account',
  shared: 'A shared reading list',
};

export const libraryWords: PageWords = { title: 'GospeLib', description: LIBRARY };
export const missingWords: PageWords = { title: 'Not found · GospeLib', description: LIBRARY };

/** @param title without the site's name */
const pageWords = (title: string, description = LIBRARY): PageWords => ({
  title: `${title} · GospeLib`,
  description,
});

/** The words of a page that is no passage. @param parts of its path @param q what is searched for */
export function wordsOfPage(parts: readonly string[], q: string): PageWords {
  const [first = '', second] = parts;
  if (first === 'search' && q) return pageWords(`Search: ${q}`);
  if (first === 'word' && second) {
    return pageWords(
      second,
      `${second} in Strong’s dictionary: its meaning, its root, and every verse that uses it.`,
    );
  }
  const passage = first === 'map' && second ? parseId(second) : undefined;
  if (passage) return pageWords(`Study map of ${formatReference(passage)}`);
  return SINGLE[first] ? pageWords(SINGLE[first]) : libraryWords;
}

export function wordsOfPassage(reference: Reference): PageWords {
  const name = formatReference(reference);
  const { volume, chapters } = getBook(reference.book);
  const work = volumes.find(({ id }) => id === volume)?.name ?? '';
  if (reference.kind === 'book') {
    const count = chapters === 1 ? 'one chapter' : `${chapters} chapters`;
    return pageWords(name, `${name} (${work}): ${count} to read, search and explore.`);
  }
  return pageWords(
    name,
    `Read ${name} (${work}) with its cross-references, quotations, names and the words behind each verse.`,
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');

/** The elements of `<head>` that say them. */
export function headOf({ title, description }: PageWords): string {
  const [shown, told] = [escapeHtml(title), escapeHtml(description)];
  return [
    `<title>${shown}</title>`,
    `<meta name="description" content="${told}" />`,
    '<meta property="og:site_name" content="GospeLib" />',
    '<meta property="og:type" content="website" />',
    `<meta property="og:title" content="${shown}" />`,
    `<meta property="og:description" content="${told}" />`,
  ].join('\n    ');
}

/** Tells the page where to send what happens in it; nothing without an address. */
export function telemetryOf(url: string | undefined, release: string): string {
  if (url === undefined) return '';
  const [address, build] = [escapeHtml(url), escapeHtml(release)];
  return `\n    <meta name="telemetry" content="${address}" data-release="${build}" />`;
}
