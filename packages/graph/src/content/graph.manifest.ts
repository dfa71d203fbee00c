import { createHash } from 'node:crypto';
import { type CorpusResponse, corpusResponse } from '@gospelib/contracts';
import { z } from 'zod';
import type { GraphReader, GraphStore } from '../store/graph.store.ts';
import type { GraphChecksums } from './graph.digest.ts';
import {
  decodeFingerprints,
  encodeFingerprints,
  type GraphFingerprints,
} from './graph.fingerprints.ts';

/** What a graph says about itself, in its one Manifest node. */
export interface Manifest {
  corpus: CorpusResponse;
  checksums: GraphChecksums;
  /**
   * Of the whole manifest. The version's record has it, too, so that altering graph and manifest together is noticed.
   */
  digest: string;
}

/** The Manifest node as it is stored. `fingerprints` are large and read only to name what differs. */
export interface ManifestTexts {
  json: string;
  checksums: string;
  /** Base64, as `encodeFingerprints` makes it; empty in the graphs of older releases. */
  fingerprints: string;
}

const sums = z.record(z.string(), z.object({ rows: z.number().int(), checksum: z.string() }));
export const checksumsSchema = z.object({ nodes: sums, edges: sums, books: sums });

const WRITE_TIMEOUT = 30_000;

/** The manifest's texts, for a graph that was just loaded. */
export function manifestTexts(
  corpus: CorpusResponse,
  checksums: GraphChecksums,
  fingerprints: GraphFingerprints,
): ManifestTexts {
  return {
    json: JSON.stringify(corpus),
    checksums: JSON.stringify(checksums),
    fingerprints: encodeFingerprints(fingerprints),
  };
}

/** Adds the Manifest node. It comes last, so a graph without one is unfinished. Returns the manifest's digest. */
export async function writeManifest(
  store: GraphStore,
  key: string,
  { json, checksums, fingerprints }: ManifestTexts,
): Promise<string> {
  const fingerprintsDigest = fingerprints === '' ? '' : sha256(fingerprints);
  const stored = { prints: fingerprints, printsDigest: fingerprintsDigest };
  const properties = Object.entries({ id: 'manifest', json, checksums, ...stored })
    .map(([name, text]) => `${name}: "${text.replace(/["\\]/g, '\\$&')}"`)
    .join(', ');
  await store.send(['GRAPH.QUERY', key, `CREATE (:Manifest {${properties}})`], WRITE_TIMEOUT);
  return digestOf(json, checksums, fingerprintsDigest);
}

/** The manifest of a graph; undefined when it has none. @throws when it is not what the contract says */
export async function readManifest(reader: GraphReader): Promise<Manifest | undefined> {
  const [manifest] = await reader.query(
    'manifest',
    `MATCH (m:Manifest {id: "manifest"})
     RETURN m.json AS json, m.checksums AS checksums, m.printsDigest AS digest`,
    {},
    ({ json, checksums, digest }): Manifest => ({
      corpus: corpusResponse.parse(JSON.parse(String(json))),
      checksums: checksumsSchema.parse(JSON.parse(String(checksums))),
      digest: digestOf(String(json), String(checksums), typeof digest === 'string' ? digest : ''),
    }),
  );
  return manifest;
}

/** The manifest as it is stored, for a copy or a backup. */
export async function readManifestTexts(reader: GraphReader): Promise<ManifestTexts | undefined> {
  const [texts] = await reader.query(
    'manifest-texts',
    `MATCH (m:Manifest {id: "manifest"})
     RETURN m.json AS json, m.checksums AS checksums, m.prints AS fingerprints`,
    {},
    ({ json, checksums, fingerprints }): ManifestTexts => ({
      json: String(json),
      checksums: String(checksums),
      fingerprints: typeof fingerprints === 'string' ? fingerprints : '',
    }),
  );
  return texts;
}

/** The fingerprints in a graph's manifest; undefined when it has none, or when they do not match their digest. */
export async function readFingerprints(
  reader: GraphReader,
): Promise<GraphFingerprints['labels'] | undefined> {
  const [fingerprints] = await reader.query(
    'manifest-prints',
    'MATCH (m:Manifest {id: "manifest"}) RETURN m.prints AS text, m.printsDigest AS digest',
    {},
    ({ text, digest }) => (sha256(String(text)) === digest ? String(text) : undefined),
  );
  return fingerprints === undefined ? undefined : decodeFingerprints(fingerprints);
}

function digestOf(json: string, checksums: string, fingerprintsDigest: string): string {
  return sha256(`${json}\n${checksums}\n${fingerprintsDigest}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
