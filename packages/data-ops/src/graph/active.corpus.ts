import { OperatorError } from '@gospelib/cli-kit';
import { activeVersion, type GraphStore } from '@gospelib/graph';
import { withGraphAt } from './graph.session.ts';

const CONNECT_MS = 5_000;

/** The version of the corpus that a store serves; undefined when it holds none. @throws OperatorError */
export function readActiveVersion(
  falkordbUrl: string,
  connectMs = CONNECT_MS,
): Promise<string | undefined> {
  return reading(falkordbUrl, connectMs, activeVersion);
}

/** The manifest of the active corpus, as the API's `corpus` answers it; undefined when there is none. @throws OperatorError */
export function readCorpusManifest(falkordbUrl: string): Promise<unknown> {
  return reading(falkordbUrl, CONNECT_MS, async (store) => {
    const version = await activeVersion(store);
    if (version === undefined) return undefined;
    const [json] = await store
      .at(version)
      .query('manifest', 'MATCH (m:Manifest) RETURN m.json AS json', {}, (row) => row.json);
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  });
}

async function reading<T>(
  url: string,
  connectMs: number,
  read: (store: GraphStore) => Promise<T>,
): Promise<T> {
  try {
    return await withGraphAt(url, { connectMs }, read);
  } catch (cause) {
    const { host } = new URL(url);
    const { message } = cause as Error;
    throw new OperatorError(
      `FalkorDB at ${host} does not answer: ${message}`,
      '`./gl status` shows whether it runs.',
      { cause },
    );
  }
}
