import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);
const MAX_BYTES = 64 * 1024 * 1024;

/** Path → value: `Deployment/gospelib-gateway spec.replicas` → `2`. */
export type Facts = ReadonlyMap<string, string>;

interface Manifest {
  kind: string;
  metadata: { name: string };
}

/**
 * Everything that a kustomization renders to, a fact a leaf.
 * @param neutral what is done with the text before it is read
 * @throws OperatorError with kubectl's own words
 */
export async function manifestFacts(
  folder: string,
  neutral: (text: string) => string = (text) => text,
): Promise<Facts> {
  let stdout: string;
  try {
    ({ stdout } = await run('kubectl', ['kustomize', folder], { maxBuffer: MAX_BYTES }));
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new OperatorError(
      `${folder} cannot be rendered: ${stderr.trim() || message}`,
      'kubectl has to be on the PATH.',
      { cause },
    );
  }
  // What kustomize appends to a generated name follows from its content.
  const text = neutral(stdout).replace(/\b(gospelib-[a-z-]+)-[0-9a-z]{10}$/gm, '$1');
  const manifests = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  return new Map(
    manifests.flatMap((manifest) =>
      leaves(manifest, '').map(([path, value]) => [
        `${manifest.kind}/${manifest.metadata.name}${path === '' ? '' : ` ${path}`}`,
        value,
      ]),
    ),
  );
}

/** Lists of things with a name are told by it, so that one more does not move all that follow. */
function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) {
    return [[path, JSON.stringify(value)]]; // An empty list is not the same as none.
  }
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    const told = new Set(names).size === names.length && !names.includes(undefined);
    return value.flatMap((item, index) => leaves(item, `${path}[${told ? names[index] : index}]`));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(inner, path === '' ? key : `${path}.${key}`),
    );
  }
  return [[path, String(value)]];
}

function nameOf(item: unknown): string | undefined {
  const named = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
  const { name, sectionName } = named;
  if (typeof name !== 'string') return undefined;
  return typeof sectionName === 'string' ? `${name}/${sectionName}` : name;
}
