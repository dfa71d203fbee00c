import { type CorpusResponse, corpusResponse } from '@gospelib/contracts';
import type { GraphChecksums } from './graph.digest.ts';
import type { GraphReader, GraphStore } from './graph.store.ts';

/** What a graph says about itself, in its one Manifest node. */
export interface Manifest {
  corpus: CorpusResponse;
  checksums: GraphChecksums;
}

/** Adds the Manifest node; done last, so that a graph without it is unfinished. */
export async function writeManifest(
  store: GraphStore,
  key: string,
  manifest: Manifest,
): Promise<void> {
  const properties = `id: "manifest", json: ${literal(manifest.corpus)}, checksums: ${literal(manifest.checksums)}`;
  await store.send(['GRAPH.QUERY', key, `CREATE (:Manifest {${properties}})`]);
}

/** The manifest of a graph; undefined when it has none. @throws when it is not what the contract says */
export async function readManifest(reader: GraphReader): Promise<Manifest | undefined> {
  const [manifest] = await reader.query(
    'manifest',
    'MATCH (m:Manifest {id: "manifest"}) RETURN m.json AS json, m.checksums AS checksums',
    {},
    ({ json, checksums }): Manifest => ({
      corpus: corpusResponse.parse(JSON.parse(String(json))),
      checksums: JSON.parse(String(checksums)) as GraphChecksums,
    }),
  );
  return manifest;
}

function literal(value: unknown): string {
  return `"${JSON.stringify(value).replace(/["\\]/g, '\\$&')}"`;
}
