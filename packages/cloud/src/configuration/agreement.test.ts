import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { listImages } from '@gospelib/delivery';
import { platform } from '@gospelib/platform';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { infraNames } from '../infra/infra.environment.ts';

/** What Terraform makes and what the cluster expects are written in two languages; here they are one. */
const root = resolve(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const main = (environment: string) => read(`infra/terraform/environments/${environment}/main.tf`);
const find = (text: string, pattern: RegExp) => pattern.exec(text)?.[1];
const cidrOf = (environment: string) => find(main(environment), /cidr\s*=\s*"([^"]+)"/);

interface ExternalSecret {
  spec: { data: { remoteRef: { key: string; property: string } }[] };
}

interface Telemetry {
  spec: Partial<ExternalSecret['spec']> & { dataFrom: { extract: { key: string } }[] };
}

describe.each(['staging', 'production'])('%s', (environment) => {
  const overlay = `infra/k8s/overlays/${environment}`;

  test('pods reach the stores in the network that Terraform makes', () => {
    const [patch] = parse(read(`${overlay}/stores.patch.yaml`)) as {
      value: { ipBlock: { cidr: string } }[];
    }[];
    expect(patch?.value[0]?.ipBlock.cidr).toBe(cidrOf(environment));
  });

  test('backups go to the bucket that Terraform makes', () => {
    const { environments } = JSON.parse(read('infra/environments.json'));
    expect(environments[environment].backups).toBe(`s3://gospelib-${environment}-backups`);
    expect(main(environment)).toMatch(/name\s+= "\$\{local\.name\}-backups"/);
    expect(main(environment)).toContain(`"gospelib-${environment}"`);
  });

  test('every secret that pods read is written, each property of it, and nothing beside', () => {
    const manifests = parseAllDocuments(
      read('infra/k8s/components/external-secrets/external-secrets.yaml'),
    );
    const wanted = new Set(
      manifests
        .map((document) => document.toJS() as ExternalSecret)
        .flatMap(({ spec }) =>
          spec.data.map(({ remoteRef }) => `${remoteRef.key} ${remoteRef.property}`),
        ),
    );
    const secrets = read(`infra/terraform/environments/${environment}/secrets.tf`);
    const composed = secrets.slice(
      secrets.indexOf('  composed = {'),
      secrets.indexOf('# When one of these'),
    );
    const written = [...composed.matchAll(/^ {4}([a-z]+)\s*= \{([^}]*(?:\}"[^}]*)*)\}/gm)].flatMap(
      ([, key, body = '']) =>
        [...body.matchAll(/(?:^|\{|\n)\s*([a-z-]+)\s*=/g)].map(
          ([, property]) => `${key} ${property}`,
        ),
    );
    expect(new Set(written)).toEqual(wanted);
    const store = parse(read(`${overlay}/secret-store.yaml`)) as {
      spec: { provider: { aws: { prefix: string } } };
    };
    expect(find(secrets, /prefix\s*=\s*"([^"]+)"/)).toBe(store.spec.provider.aws.prefix);
  });

  test('what the telemetry of the cluster reads is written', () => {
    const secrets = read(`infra/terraform/environments/${environment}/secrets.tf`);
    const documents = parseAllDocuments(read('infra/cluster/telemetry/base/secret.yaml'));
    const wanted = documents.flatMap((document) => {
      const { spec }: Telemetry = document.toJS();
      return [
        ...spec.dataFrom.map(({ extract }) => extract.key),
        ...(spec.data ?? []).map(({ remoteRef }) => remoteRef.key),
      ];
    });
    const names = JSON.parse(find(secrets, /composed_names\s*=\s*(\[[^\]]+\])/) ?? '[]');
    expect(wanted).toContain('telemetry');
    expect(wanted.filter((key) => !names.includes(key))).toEqual([]);
    // Where signals go is handed over; how Redis is reached Terraform knows.
    const collector = read('infra/observability/alloy/cluster.alloy');
    for (const name of ['REDIS_ADDRESS', 'REDIS_USER', 'REDIS_PASSWORD']) {
      expect(collector).toContain(`sys.env("${name}")`);
      expect(secrets).toMatch(new RegExp(`${name}\\s*=`));
    }
  });
});

test('the gateway counts the hops that a request takes: CloudFront, and the controller, which keeps what CloudFront says', () => {
  for (const overlay of ['staging', 'production']) {
    const text = read(`infra/k8s/overlays/${overlay}/kustomization.yaml`);
    expect(find(text, /TRUST_PROXY=(\S+)/)).toBe('2');
  }
  const controller = parseAllDocuments(read('infra/cluster/base/applications.yaml'))
    .map((document) => document.toJS())
    .find(({ metadata }) => metadata.name === 'gateway-controller');
  const { websecure } = controller.spec.source.helm.valuesObject.ports;
  expect(websecure.forwardedHeaders).toEqual({ insecure: true });
  // Nobody else reaches it: only then is what it is told by whoever asks worth anything.
  for (const file of ['eks/ingress.tf', 'k3s/main.tf']) {
    const text = read(`infra/terraform/modules/${file}`);
    const rules = text.match(/aws_vpc_security_group_ingress_rule"[^}]*\}/g) ?? [];
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) expect(rule).toMatch(/prefix_list_id|referenced_security_group_id/);
  }
});

test('the load balancer leads to the port that the gateway’s controller has', () => {
  const port = find(read('infra/terraform/modules/eks/ingress.tf'), /node_port = (\d+)/);
  expect(port).toBeDefined();
  expect(find(read('infra/cluster/eks/kustomization.yaml'), /nodePort\n\s*value: (\d+)/)).toBe(
    port,
  );
});

test('every image has its repository', () => {
  const declared = find(
    read('infra/terraform/environments/bootstrap/variables.tf'),
    /set\(string\)\n\s*default\s*=\s*(\[[^\]]+\])/,
  );
  expect(JSON.parse(declared ?? '[]')).toEqual(
    listImages(platform)
      .map(({ name }) => name)
      .sort(),
  );
});

test('k3s starts as the add-ons want it', () => {
  const script = read('infra/terraform/modules/k3s/node.sh.tftpl');
  expect(script).toContain('--disable=traefik,metrics-server');
  expect(script).toContain('--kubelet-arg=system-reserved=memory=500Mi');
});

test.each([
  ['push', 'images', 'AWS_PUSH_ROLE'],
  ['promote', 'cd-production', 'AWS_PROMOTE_ROLE'],
])('the role %s trusts the environment of the workflow %s', (role, workflow, variable) => {
  const text = read(`.github/workflows/${workflow}.yml`);
  expect(text).toContain(`vars.${variable}`);
  const environment = find(text, /^ {4}environment: (\S+)/m);
  const bootstrap = read('infra/terraform/environments/bootstrap/main.tf');
  const subjects = find(bootstrap, new RegExp(`${role} = \\{\\s*subjects\\s*= (\\[[^\\]]*\\])`));
  expect(JSON.parse(subjects ?? '[]')).toEqual([`environment:${environment}`]);
});

test('the role drift looks at every environment, each night on main', () => {
  const { jobs, on } = parse(read('.github/workflows/nightly.yml'));
  expect(on.schedule).toHaveLength(1);
  expect(jobs.drift.strategy.matrix.environment.sort()).toEqual(infraNames(root).toSorted());
  const steps: { run?: string; with?: object }[] = jobs.drift.steps;
  expect(steps.at(-1)?.run).toContain('TF_VAR_stores_ca="$(curl ');
  expect(steps.at(-1)?.run).toContain('./gl infra drift "$ENVIRONMENT"');
  expect(steps).toContainEqual(
    expect.objectContaining({
      with: expect.objectContaining({ 'role-to-assume': `\${{ vars.AWS_DRIFT_ROLE }}` }),
    }),
  );
  const bootstrap = read('infra/terraform/environments/bootstrap/main.tf');
  expect(bootstrap).toMatch(/drift = \{\s*subjects = \["ref:refs\/heads\/main"\]/);
});

test('pod identities are for service accounts that there are', () => {
  const rights = read('infra/terraform/modules/eks/rights.tf');
  const accounts = [...rights.matchAll(/account\s*= "([^"]+)"/g)].map(([, account]) => account);
  expect(accounts.sort()).toEqual([
    'cert-manager',
    'ebs-csi-controller-sa',
    'external-dns',
    'external-secrets',
    'gospelib-backups',
  ]);
  expect(read('infra/k8s/base/backups/backups.yaml')).toContain('name: gospelib-backups');
});

test('each module has its four files and a page with an example', () => {
  const modules = readdirSync(join(root, 'infra/terraform/modules'));
  expect(modules.length).toBeGreaterThan(12);
  const files = ['README.md', 'main.tf', 'outputs.tf', 'variables.tf', 'versions.tf'];
  for (const module of modules) {
    expect(readdirSync(join(root, 'infra/terraform/modules', module)), module).toEqual(
      expect.arrayContaining(files),
    );
    expect(read(`infra/terraform/modules/${module}/README.md`), module).toContain(`module "`);
  }
});

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform)
  console.warn(
    'SKIPPED: the format of infra/terraform is not checked, since terraform is missing.',
  );

test.skipIf(!hasTerraform)('is formatted', () => {
  const { status, stdout } = spawnSync(
    'terraform',
    ['fmt', '-check', '-recursive', join(root, 'infra/terraform')],
    { encoding: 'utf8' },
  );
  expect([status, stdout]).toEqual([0, '']);
});
