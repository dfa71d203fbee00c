import type { CorpusSource } from '@gospelib/contracts';
import { describeSource } from '../package.files.ts';
import { SourceError } from '../source.error.ts';
import { openModule, type SwordModule } from './module.files.ts';

/** The public-domain modules of the full edition, by purpose. */
export interface SwordModules {
  kjv: SwordModule;
  nave: SwordModule;
  mhcc: SwordModule;
  scofield: SwordModule;
  tdavid: SwordModule;
}

type Kind = keyof SwordModules;

/** Where Debian's packages put the modules. */
export const DEFAULT_SWORD = '/usr/share/sword';

const MODULES: Readonly<
  Record<Kind, { name: string; title: string; attribution: string; provides: string }>
> = {
  kjv: {
    name: 'engKJV2006eb',
    title: "King James Version with Strong's numbers",
    attribution: 'eBible.org, King James Version of 1769; SWORD module of CrossWire',
    provides:
      "Strong's tags of the New Testament: which Greek word its words are tagged with. Not used in the Old Testament.",
  },
  nave: {
    name: 'Nave',
    title: "Nave's Topical Bible",
    attribution: 'Orville J. Nave (1897); Christian Classics Ethereal Library',
    provides: 'Topics with the verses they are about.',
  },
  mhcc: {
    name: 'MHCC',
    title: "Matthew Henry's Concise Commentary",
    attribution: 'Matthew Henry (1706), abridged; Christian Classics Ethereal Library',
    provides: 'Comments on the Bible.',
  },
  scofield: {
    name: 'Scofield',
    title: 'Scofield Reference Notes, 1917',
    attribution: 'C. I. Scofield (1917); Wikisource',
    provides: 'Notes on the Bible.',
  },
  tdavid: {
    name: 'TDavid',
    title: 'The Treasury of David',
    attribution: 'C. H. Spurgeon (1885); The Spurgeon Archive',
    provides: 'A comment on each Psalm.',
  },
};

const kinds = Object.keys(MODULES) as readonly Kind[];

/** The modules below a SWORD folder, and the names of those it lacks. @throws SourceError for unreadable data */
export function openModules(root: string): { modules?: SwordModules; missing: readonly string[] } {
  const found = Object.fromEntries(
    kinds.map((kind) => [kind, openModule(root, MODULES[kind].name)]),
  );
  const missing = kinds.filter((kind) => !found[kind]).map((kind) => MODULES[kind].name);
  return missing.length > 0 ? { missing } : { modules: found as unknown as SwordModules, missing };
}

/** The modules as the manifest names them. Their bytes are recorded, not pinned: every installation may have its own. */
export function describeModules(modules: SwordModules): CorpusSource[] {
  return kinds.map((kind) => {
    const { version, licence, hashes } = modules[kind];
    if (!/public domain/i.test(licence)) {
      throw new SourceError(
        MODULES[kind].name,
        undefined,
        `its licence is "${licence}", not public domain.`,
      );
    }
    const { title, attribution, provides } = MODULES[kind];
    return describeSource(
      {
        id: `sword-${kind}`,
        title,
        version,
        licence,
        attribution,
        url: 'https://crosswire.org/sword/',
        provides,
      },
      hashes,
    );
  });
}

/** The title of a module's commentary, as readers see it. */
export function moduleTitle(kind: Kind): string {
  return MODULES[kind].title;
}
