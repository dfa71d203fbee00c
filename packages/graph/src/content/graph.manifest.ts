import { createHash } from 'node:crypto';
import { type CorpusResponse, corpusResponse } from '@gospelib/contracts';
import type { GraphReader, GraphStore } from '../store/graph.store.ts';
import type { GraphChecksums } from './graph.digest.ts';
import { decodePrints, encodePrints, type GraphPrints } from './graph.fingerprints.ts';

/** What a graph says about itself, in its one Manifest node. */
export interface Manifest {
  corpus: CorpusResponse;
  checksums: GraphChecksums;
  /** Of the whole manifest; kept beside the pointer too, so that graph and manifest cannot be altered together unseen. */
  digest: string;
}

/** The Manifest node as it is stored. `prints` is large and read only to name what differs. */
export interface ManifestTexts {
  json: string;
  checksums: string;
  /** Base64, as `encodePrints` makes it; empty in the graphs of older releases. */
  prints: string;
}

const WRITE_TIMEOUT = 30_000;

/** The manifest's texts, for a graph that was just loaded. */
export function manifestTexts(
  corpus: CorpusResponse,
  checksums: GraphChecksums,
  prints: GraphPrints,
): ManifestTexts {
  return {
    json: JSON.stringify(corpus),
    checksums: JSON.stringify(checksums),
    prints: encodePrints(prints),
  };
}

/** Adds the Manifest node; done last, so that a graph without it is unfinished. Returns the manifest's digest. */
export async function writeManifest(
  store: GraphStore,
  key: string,
  { json, checksums, prints }: ManifestTexts,
): Promise<string> {
  const printsDigest = prints === '' ? '' : sha256(prints);
  const properties = Object.entries({ id: 'manifest', json, checksums, prints, printsDigest })
    .map(([name, text]) => `${name}: "${text.replace(/["\\]/g, '\\$&')}"`)
    .join(', ');
  await store.send(['GRAPH.QUERY', key, `CREATE (:Manifest {${properties}})`], WRITE_TIMEOUT);
  return digestOf(json, checksums, printsDigest);
}

/** The manifest of a graph; undefined when it has none. @throws when it is not what the contract says */
export async function readManifest(reader: GraphReader): Promise<Manifest | undefined> {
  const [manifest] = await reader.query(
    'manifest',
    `MATCH (m:Manifest {id: "manifest"})
     RETURN m.json AS json, m.checksums AS checksums, m.printsDigest AS prints`,
    {},
    ({ json, checksums, prints }): Manifest => ({
      corpus: corpusResponse.parse(JSON.parse(String(json))),
      checksums: JSON.parse(String(checksums)) as GraphChecksums,
      digest: digestOf(String(json), String(checksums), typeof prints === 'string' ? prints : ''),
    }),
  );
  return manifest;
}

/** The manifest as it is stored, to be kept elsewhere. */
export async function readManifestTexts(reader: GraphReader): Promise<ManifestTexts | undefined> {
  const [texts] = await reader.query(
    'manifest-texts',
    `MATCH (m:Manifest {id: "manifest"})
     RETURN m.json AS json, m.checksums AS checksums, m.prints AS prints`,
    {},
    ({ json, checksums, prints }): ManifestTexts => ({
      json: String(json),
      checksums: String(checksums),
      prints: typeof prints === 'string' ? prints : '',
    }),
  );
  return texts;
}

/** The prints of a graph's manifest; undefined when it has none, or others than it says. */
export async function readPrints(reader: GraphReader): Promise<GraphPrints['labels'] | undefined> {
  const [prints] = await reader.query(
    'manifest-prints',
    'MATCH (m:Manifest {id: "manifest"}) RETURN m.prints AS prints, m.printsDigest AS digest',
    {},
    ({ prints, digest }) => (sha256(String(prints)) === digest ? String(prints) : undefined),
  );
  return prints === undefined ? undefined : decodePrints(prints);
}

function digestOf(json: string, checksums: string, printsDigest: string): string {
  return sha256(`${json}\n${checksums}\n${printsDigest}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
