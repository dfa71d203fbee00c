import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.types.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'infra/k8s');

export const overlays = ['staging', 'production', 'bench'] as const;

/** Whether kubectl, whose kustomize renders the overlays, is on this machine. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

/** What each environment's cluster has beside the platform to watch it. */
export const telemetry = ['staging', 'production'].map((name) => `cluster/telemetry/${name}`);

/** The overlay as one text. @throws Error with kustomize's own message */
export function renderOverlay(name: string): string {
  return render(`k8s/overlays/${name}`);
}

/** @param path below `infra` @throws Error with kustomize's own message */
export function render(path: string): string {
  return execFileSync('kubectl', ['kustomize', join(root, 'infra', path)], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
}

/** @throws Error for text that is not YAML, or that has no object */
export function readManifests(text: string): Manifest[] {
  const documents = parseAllDocuments(text);
  const faults = documents.flatMap(({ errors }) => errors);
  if (faults[0]) throw faults[0];
  const manifests = documents.map((document): Manifest => document.toJS());
  if (manifests.length === 0) throw new Error('There is no manifest in it.');
  return manifests;
}

/** kubeconform, which checks objects against their schemas; pinned, installed once with Go. */
export const kubeconform = 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0';

/** @returns the program, or undefined on a machine without Go, or where its module is not served */
export function installKubeconform(): string | undefined {
  const bin = join(root, '.gl/go/bin');
  const program = join(bin, 'kubeconform');
  if (!existsSync(program)) {
    spawnSync('go', ['install', kubeconform], { env: { ...process.env, GOBIN: bin } });
  }
  return existsSync(program) ? program : undefined;
}

/** Checks text against the committed schemas, refusing what they do not name. @returns what it found; empty: nothing */
export function checkSchemas(program: string, text: string): string {
  const schemas = join(folder, 'schemas/{{.ResourceKind}}{{.KindSuffix}}.json');
  const { status, stdout, stderr } = spawnSync(
    program,
    ['-strict', '-summary', '-schema-location', schemas, '-'],
    { input: text, encoding: 'utf8' },
  );
  const [, found = '0'] = /Summary: (\d+) resources? found/.exec(stdout) ?? [];
  if (found === '0') throw new Error(`kubeconform looked at nothing: ${stdout}${stderr}`);
  return status === 0 ? '' : stdout;
}
