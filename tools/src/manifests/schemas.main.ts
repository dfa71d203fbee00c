// Writes infra/k8s/schemas anew from the Go modules of Kubernetes and of the custom resources: needs Go and network.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { overlays, readManifests, render, telemetry } from './overlay.render.ts';
import { closeSchema, type Schema, withDefinitions } from './schema.close.ts';

const modules = {
  kubernetes: 'k8s.io/kubernetes@v1.35.4',
  externalSecrets: 'github.com/external-secrets/external-secrets@v1.3.2',
  gatewayApi: 'sigs.k8s.io/gateway-api@v1.4.1',
};
const target = resolve(import.meta.dirname, '../../../infra/k8s/schemas');

interface Definition {
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; schema: { openAPIV3Schema: Schema } }[];
  };
}

const swagger = JSON.parse(
  readFileSync(join(sourceOf(modules.kubernetes), 'api/openapi-spec/swagger.json'), 'utf8'),
);
const custom = join(sourceOf(modules.gatewayApi), 'config/crd/standard');
const definitions: Definition[] = [
  ...parseAllDocuments(
    readFileSync(join(sourceOf(modules.externalSecrets), 'deploy/crds/bundle.yaml'), 'utf8'),
  ).map((document) => document.toJS()),
  ...readdirSync(custom).map((file) => parse(readFileSync(join(custom, file), 'utf8'))),
].filter((one) => one?.spec?.names);

rmSync(target, { recursive: true, force: true });
mkdirSync(target);
const used = new Map(
  [...overlays.map((name) => `k8s/overlays/${name}`), ...telemetry]
    .flatMap((path) => readManifests(render(path)))
    .map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]),
);
for (const { apiVersion, kind } of used.values()) {
  const [first = '', last] = apiVersion.split('/');
  const suffix = [first.split('.')[0], last].filter(Boolean).join('-');
  const text = JSON.stringify(schemaOf(apiVersion, kind));
  writeFileSync(join(target, `${kind.toLowerCase()}-${suffix}.json`), `${text}\n`);
}

function schemaOf(apiVersion: string, kind: string): Schema {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const found = definitions.find(({ spec }) => spec.group === group && spec.names.kind === kind);
  const own = found?.spec.versions.find(({ name }) => name === version);
  const closed = own
    ? closeSchema({ ...own.schema.openAPIV3Schema })
    : withDefinitions(swagger.definitions, { group, version, kind });
  if (own) (closed.properties as Record<string, Schema>).metadata = { type: 'object' };
  return { ...closed, required: ['apiVersion', 'kind', 'metadata'] };
}

function sourceOf(module: string): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' });
  return JSON.parse(answer).Dir;
}
