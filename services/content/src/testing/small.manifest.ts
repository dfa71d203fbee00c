import type { CorpusResponse } from '@gospelib/contracts';

export type Edition = CorpusResponse['edition'];

export function smallManifest(version: string, edition: Edition): CorpusResponse {
  return {
    version,
    edition,
    sources: [
      {
        id: 'scriptures-json',
        title: 'The standard works',
        version: '1.0.1',
        licence: 'CC0-1.0',
        attribution: 'Ben Crowder',
        provides: 'The text of thirteen books.',
        sha256: '0'.repeat(64),
      },
    ],
    counts: { nodes: { Volume: 4, Book: 13 }, edges: {} },
    checksum: '0'.repeat(64),
    mends: [],
    derived: [],
  };
}
