import { describe, expect, test } from 'vitest';
import { formatReference } from './reference.format.ts';
import { formatId } from './reference.id.ts';
import { resolveReference } from './resolve.ts';

/** The answer as one line, so that the table pairs typed text with how it was understood. */
function understood(text: string): string {
  const result = resolveReference(text);
  switch (result.status) {
    case 'found':
      return result.references.map(formatId).join(' ');
    case 'ambiguous':
      return `? ${result.candidates.map(formatId).join(' ')}`;
    case 'no-text':
      return `no text: ${result.reference}`;
    case 'not-found':
      return `not found: ${result.reason}`;
  }
}

describe('found', () => {
  test.each([
    // names and abbreviations
    ['D&C 76:22', 'dc.76.22'],
    ['DC 76.22', 'dc.76.22'],
    ['D. & C. 76:22', 'dc.76.22'],
    ['d and c 76:22', 'dc.76.22'],
    ['Doctrine & Covenants 4', 'dc.4'],
    ['1Ne3:7', '1-ne.3.7'],
    ['1 Ne. 3:7', '1-ne.3.7'],
    ['First Nephi 3:7', '1-ne.3.7'],
    ['1st Nephi 3:7', '1-ne.3.7'],
    ['II Tim. 3:16', '2-tim.3.16'],
    ['Second Timothy 3:16', '2-tim.3.16'],
    ['III John 4', '3-jn.1.4'],
    ['IV Nephi 1:15', '4-ne.1.15'],
    ['1Th 5:21', '1-thes.5.21'],
    ['1 Ch 3:4', '1-chr.3.4'],
    ['JS—H 1:17', 'js-h.1.17'],
    ['J.S. Hist. 1:17', 'js-h.1.17'],
    ['Joseph Smith—History 1:17', 'js-h.1.17'],
    ['JS-M 1:37', 'js-m.1.37'],
    ['A of F 13', 'a-of-f.1.13'],
    ['A. of F. 1:13', 'a-of-f.1.13'],
    ['AoF 1:13', 'a-of-f.1.13'],
    ['W of M 7', 'w-of-m.1.7'],
    ['Words of Mormon 1:7', 'w-of-m.1.7'],
    ['Canticles 2:1', 'song.2.1'],
    ['Song of Songs 2:1', 'song.2.1'],
    ['Song of Solomon 2:1', 'song.2.1'],
    ["Solomon's Song 2:1", 'song.2.1'],
    ['Solomon’s Song 2:1', 'song.2.1'],
    ['Psalm 23', 'ps.23'],
    ['Psalms 23', 'ps.23'],
    ['Ps 119:105', 'ps.119.105'],
    ['Revelations 3:20', 'rev.3.20'],
    ['St. John 3:16', 'john.3.16'],
    ['The Epistle of Paul to the Romans 8:28', 'rom.8.28'],
    ['The Acts of the Apostles 2:38', 'acts.2.38'],
    // confusable names
    ['Philip. 1:3', 'philip.1.3'],
    ['Phil 4:13', 'philip.4.13'],
    ['Philem. 3', 'philem.1.3'],
    ['Phlm 3', 'philem.1.3'],
    ['Morm. 1:1', 'morm.1.1'],
    ['Moro. 1:1', 'moro.1.1'],
    ['Mosiah 1:1', 'mosiah.1.1'],
    ['Moses 1:1', 'moses.1.1'],
    ['Judg. 1:1', 'judg.1.1'],
    ['Jude 1:1', 'jude.1.1'],
    ['Jonah 1:1', 'jonah.1.1'],
    ['Jon 1:1', 'jonah.1.1'],
    ['Jn 1:1', 'john.1.1'],
    // only one of the books has it
    ['Mos 9:1', 'mosiah.9.1'],
    ['Mor 7:45', 'moro.7.45'],
    // sections
    ['Section 76', 'dc.76'],
    ['Sec. 76:22', 'dc.76.22'],
    ['§ 76', 'dc.76'],
    ['D&C section 76 verse 22', 'dc.76.22'],
    ['Alma 5; section 76', 'alma.5 dc.76'],
    // books of one chapter
    ['Jude 9', 'jude.1.9'],
    ['Jude 1:9', 'jude.1.9'],
    ['Enos 1', 'enos.1'],
    ['Enos', 'enos.1'],
    ['Enos 1:1', 'enos.1.1'],
    ['Jude v. 5', 'jude.1.5'],
    ['Jude 1-4', 'jude.1.1-4'],
    ['Jude 1, 3', 'jude.1.1 jude.1.3'],
    ['Jude 3–5, 9; 11', 'jude.1.3-5 jude.1.9 jude.1.11'],
    ['Jude 5-Jude 7', 'jude.1.5-7'],
    // lists
    ['John 3:16,18', 'john.3.16 john.3.18'],
    ['John 3:16-18, 20; 4:1', 'john.3.16-18 john.3.20 john.4.1'],
    ['John 3:16; 5', 'john.3.16 john.5'],
    ['John 3:16 and 18', 'john.3.16 john.3.18'],
    ['Alma 32, 33', 'alma.32 alma.33'],
    ['Alma 32:21, 33:1', 'alma.32.21 alma.33.1'],
    ['Alma 32:21; Ether 12:6', 'alma.32.21 ether.12.6'],
    ['Alma 32:21. Ether 12:6', 'alma.32.21 ether.12.6'],
    ['John 3:16, 1 John 4:9', 'john.3.16 1-jn.4.9'],
    ['Alma 5:1, 3 Ether 2:1', 'alma.5.1 alma.5.3 ether.2.1'],
    ['Alma and Ether 12:6', 'alma ether.12.6'],
    ['see Alma 5:1; cf. Moses 1:39', 'alma.5.1 moses.1.39'],
    ['John 3:1 John 4:9', 'john.3.1 john.4.9'],
    // ranges
    ['Alma 32:21–23', 'alma.32.21-23'],
    ['Matthew 5:48–6:1', 'matt.5.48..matt.6.1'],
    ['Matthew 5:48 - Matthew 6:1', 'matt.5.48..matt.6.1'],
    ['Matthew 5:48–Matthew 6', 'matt.5.48..matt.6.34'],
    ['2 Nephi 12-24', '2-ne.12.1..2-ne.24.32'],
    ['Alma 32-33:5', 'alma.32.1..alma.33.5'],
    ['Alma chapter 5 through chapter 7', 'alma.5.1..alma.7.27'],
    ['John 3:16 to 18', 'john.3.16-18'],
    ['John 3:16f', 'john.3.16-17'],
    ['John 3:16 ff.', 'john.3.16-36'],
    ['Alma 32f', 'alma.32.1..alma.33.23'],
    ['Alma 62ff', 'alma.62.1..alma.63.17'],
    ['Alma 32:43ff', 'alma.32.43'],
    // chapter and verse in words
    ['John 3 v. 16', 'john.3.16'],
    ['John chapter 3, verses 16-18', 'john.3.16-18'],
    ['Alma ch. 32 vv. 21, 23', 'alma.32.21 alma.32.23'],
    ['Isaiah, chapter 53', 'isa.53'],
    ['Alma32v21', 'alma.32.21'],
    ['Alma 32 21', 'alma.32.21'],
    ['Alma 32:21a', 'alma.32.21'],
    ['Psalm 3 title', 'ps.3.0'],
    // case, spaces, signs
    ['  aLMA   32 : 21 ', 'alma.32.21'],
    ['alma\u00a032:\u200921', 'alma.32.21'],
    ['ＪＯＨＮ　３：１６', 'john.3.16'],
    ['Ⅱ Tim 3:16', '2-tim.3.16'],
    ['Álma 32:21', 'alma.32.21'],
    ['Al\u00adma 32\u200b:21', 'alma.32.21'],
    ['John 3:16\u201018', 'john.3.16-18'],
    ['John 3:16\u201118', 'john.3.16-18'],
    ['John 3:16\u201218', 'john.3.16-18'],
    ['John 3:16\u201418', 'john.3.16-18'],
    ['John 3:16\u221218', 'john.3.16-18'],
    ['John 3:16--18', 'john.3.16-18'],
    ['(Alma 32:21.)', 'alma.32.21'],
    ['“Alma 32:21”', 'alma.32.21'],
    // still being typed
    ['Alma 32:', 'alma.32'],
    ['Alma 32:21-', 'alma.32.21'],
    ['Alma 32 v', 'alma.32'],
    ['Alma 32:21,', 'alma.32.21'],
    ['Alma', 'alma'],
    // canonical ids
    ['alma.32.21', 'alma.32.21'],
    ['a-of-f.1.13', 'a-of-f.1.13'],
    ['ps.3.0', 'ps.3.0'],
    ['matt.5.48..matt.6.1', 'matt.5.48..matt.6.1'],
    ['1-ne.3.7..1-ne.4.1', '1-ne.3.7..1-ne.4.1'],
  ])('%j is %s', (text, ids) => {
    expect(understood(text)).toBe(ids);
  });
});

test.each([
  ['Mos 3:19', '? mosiah.3.19 moses.3.19'],
  ['Mor 1:1', '? morm.1.1 moro.1.1'],
  ['Jud 1:2', '? judg.1.2 jude.1.2'],
  ['Nephi 3:7', '? 1-ne.3.7 2-ne.3.7 3-ne.3.7'],
  ['Ne 3:7', '? neh.3.7 1-ne.3.7 2-ne.3.7 3-ne.3.7'],
  ['Jo 3:16', '? josh.3.16 job.3.16 joel.3.16 john.3.16'],
  ['Ti 1:1', '? 1-tim.1.1 2-tim.1.1 titus.1.1'],
])('%j is ambiguous: %s', (text, candidates) => {
  expect(understood(text)).toBe(candidates);
});

test.each([
  ['OD 1', 'Official Declaration 1'],
  ['OD—1', 'Official Declaration 1'],
  ['Official Declaration 2', 'Official Declaration 2'],
  ['official declarations', 'Official Declarations 1 and 2'],
  ['D&C OD 2', 'Official Declaration 2'],
  ['Tobit 4:15', 'Tobit'],
  ['2 Macc. 7', '2 Maccabees'],
  ['JST Gen. 14:25', 'Joseph Smith Translation'],
])('%j is known, but has no text here', (text, reference) => {
  expect(understood(text)).toBe(`no text: ${reference}`);
});

describe('not found', () => {
  test.each([
    ['Malachi 5:1', 'Malachi has 4 chapters; there is no chapter 5.', 'Malachi 4'],
    ['mal.5.1', 'Malachi has 4 chapters; there is no chapter 5.', 'Malachi 4'],
    ['Joel 4', 'Joel has 3 chapters; there is no chapter 4.', 'Joel 3'],
    ['3 John 1:15', '3 John has 14 verses; there is no verse 15.', '3 John 1'],
    ['3 John 15', '3 John has 14 verses; there is no verse 15.', '3 John 1'],
    ['Esther 10:4', 'Esther 10 has 3 verses; there is no verse 4.', 'Esther 10'],
    ['Jude 2:1', 'Jude has one chapter; there is no chapter 2.', 'Jude 1'],
    ['D&C 139', 'The Doctrine and Covenants has 138 sections; there is no section 139.', 'D&C 138'],
    ['Psalm 151', 'The Book of Psalms has 150 psalms; there is no psalm 151.', 'Psalm 150'],
    ['Psalm 1:0', 'Psalm 1 has no title.', 'Psalm 1'],
    ['Alma 0', 'Alma has 63 chapters; there is no chapter 0.', 'Alma 1'],
    ['Alma 5:0', 'Alma 5 has 62 verses; there is no verse 0.', 'Alma 5'],
    ['Alma 99999', 'Alma has 63 chapters; there is no chapter 99999.', 'Alma 63'],
    ['Alma 32:40-44', 'Alma 32 has 43 verses; there is no verse 44.', 'Alma 32:40–43'],
    ['Genesis 1:1-99', 'Genesis 1 has 31 verses; there is no verse 99.', 'Genesis 1:1–31'],
    ['Alma 60-70', 'Alma has 63 chapters; there is no chapter 70.', 'Alma 60–63'],
    ['Exodus 2 - Genesis 1', 'The range ends before it begins.', ''],
    ['am 3 times', '“times” was not understood.', ''],
    ['is 40 days', '“days” was not understood.', ''],
    ['song of the righteous', '“of” was not understood.', ''],
    ['https://example.org/job', 'This address names no passage of scripture.', ''],
    ['Alma 32:43f', 'Alma 32 has 43 verses; there is no verse 44.', 'Alma 32:43'],
    [
      'Mos 30',
      'Mosiah has 29 chapters; there is no chapter 30. Moses has 8 chapters; there is no chapter 30.',
      'Mosiah 29, Moses 8',
    ],
    ['John v5', 'Verse 5 of which chapter of John?', 'John'],
    ['John 3:18-16', 'The range ends before it begins.', 'John 3:16–18'],
    ['Psalm 3:0-2', 'The title of a Psalm stands alone; a range begins with a verse.', ''],
    ['Alma - faith', '“faith” was not understood.', ''],
    [
      'Genisis 1:1–Genisis 2:3',
      'There is no book called “Genisis”. Did you mean Genesis?',
      'Genesis 1:1–2:3',
    ],
    ['OD 3', 'There are two Official Declarations; there is no declaration 3.', ''],
    ['3:16', '“3:16” names no book.', ''],
    ['verse 5', '“verse 5” names no book.', ''],
    ['Alma 5 6 7', '“7” was not understood.', ''],
    ['Job Acts', '“Acts” was not understood.', ''],
    [
      'Book of Mormon',
      '“Book of Mormon” is a volume; name one of its books.',
      '1 Nephi, 2 Nephi, Jacob, Enos, Jarom',
    ],
    ['', 'Type a book, a chapter and a verse, such as “Alma 32:21”.', ''],
    [' ;,. ', 'Type a book, a chapter and a verse, such as “Alma 32:21”.', ''],
    ['wisdom', 'There is no book called “wisdom”.', ''],
    ['__proto__ 1', '“__” was not understood.', ''],
    ['constructor 1:1', 'There is no book called “constructor”.', ''],
    ['Genisis 1:1', 'There is no book called “Genisis”. Did you mean Genesis?', 'Genesis 1:1'],
    ['Jhon 3:16', 'There is no book called “Jhon”. Did you mean John?', 'John 3:16'],
    ['isaih 53', 'There is no book called “isaih”. Did you mean Isaiah?', 'Isaiah 53'],
    ['1 Nefi 3:7', 'There is no book called “1 Nefi”. Did you mean 1 Nephi?', '1 Nephi 3:7'],
    [
      '5 Nephi 30',
      'There is no book called “5 Nephi”. Did you mean 2 Nephi, 3 Nephi, or 4 Nephi?',
      '2 Nephi 30, 3 Nephi 30, 4 Nephi 1:30',
    ],
    ['Mosaih 30', 'There is no book called “Mosaih”. Did you mean Mosiah?', 'Mosiah'],
  ])('%j: %s', (text, reason, suggestions) => {
    const result = resolveReference(text);
    expect(result).toMatchObject({ status: 'not-found', reason });
    if (result.status !== 'not-found') return;
    expect(result.suggestions.map(formatReference).join(', ')).toBe(suggestions);
  });
});
