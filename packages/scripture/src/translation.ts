/** What people write after a reference to name a translation, in lower case without spaces, and its name. */
const names: Readonly<Record<string, string>> = {
  kjv: '',
  kjb: '',
  kj: '',
  av: '',
  akjv: '',
  kingjames: '',
  kingjamesversion: '',
  kingjamesbible: '',
  authorizedversion: '',
  authorisedversion: '',
  nkjv: 'New King James Version',
  niv: 'New International Version',
  esv: 'English Standard Version',
  nrsv: 'New Revised Standard Version',
  nrsvue: 'New Revised Standard Version',
  rsv: 'Revised Standard Version',
  asv: 'American Standard Version',
  nasb: 'New American Standard Bible',
  nasv: 'New American Standard Bible',
  nlt: 'New Living Translation',
  tlb: 'Living Bible',
  net: 'NET Bible',
  csb: 'Christian Standard Bible',
  hcsb: 'Holman Christian Standard Bible',
  cev: 'Contemporary English Version',
  gnt: 'Good News Translation',
  gnb: 'Good News Bible',
  tev: 'Good News Translation',
  nab: 'New American Bible',
  nabre: 'New American Bible',
  njb: 'New Jerusalem Bible',
  reb: 'Revised English Bible',
  neb: 'New English Bible',
  msg: 'Message',
  amp: 'Amplified Bible',
  web: 'World English Bible',
  ylt: 'Young’s Literal Translation',
  bsb: 'Berean Standard Bible',
  lsb: 'Legacy Standard Bible',
  ceb: 'Common English Bible',
  njps: 'New Jewish Publication Society translation',
  lxx: 'Septuagint',
  vulgate: 'Vulgate',
  vulg: 'Vulgate',
  jst: 'Joseph Smith Translation',
};

const byKey: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ...Object.entries(names),
  ...Object.values(names).map(
    (name) => [name.toLowerCase().replaceAll(/[ ’]/g, ''), name] as const,
  ),
]);

/** More words than any name of a translation has. */
export const MAX_TRANSLATION_WORDS = 5;

/**
 * The name of the translation that the words name; '' for the King James Version, which is the corpus's own, undefined
 * for none. @param key lower-case words, joined
 */
export function findTranslation(key: string): string | undefined {
  return key === '' ? undefined : byKey.get(key);
}

/** Says that another translation than the one named is shown. */
export function otherTranslation(name: string): string {
  return `This corpus has the King James Version, not the ${name}.`;
}
