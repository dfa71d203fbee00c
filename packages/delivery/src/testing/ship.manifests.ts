import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bumpImageSet, type ImageSet, imagesPath } from '../ship/image.set.ts';

export const environments = ['staging', 'production'] as const;
export type EnvironmentName = (typeof environments)[number];

export const namespaceOf = (name: EnvironmentName) => `gospelib-lane-${name}`;

/** One service that stands for all, with the images file of the repository’s form. */
export function manifests(repository: string, set: ImageSet): Readonly<Record<string, string>> {
  const probe = { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 };
  const labels = { app: 'gospelib-gateway' };
  const base = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'gospelib-gateway' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        progressDeadlineSeconds: 20,
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: 5,
            containers: [
              {
                name: 'service',
                image: 'gospelib-gateway',
                ports: [{ containerPort: 8080 }],
                readinessProbe: probe,
                resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '96Mi' } },
                lifecycle: { preStop: { sleep: { seconds: 2 } } },
              },
            ],
          },
        },
      },
    },
    // It tells what it was called with, and stands for the job that migrates.
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'gospelib-migrations-study',
        annotations: {
          'argocd.argoproj.io/hook': 'PreSync',
          'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        },
      },
      spec: {
        backoffLimit: 0,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                name: 'migrate',
                image: 'gospelib-gateway',
                command: ['/bin/node', '-e', 'console.log(process.argv.slice(1).join(" "))', '--'],
                args: ['migrate.js', 'migrate'],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'gospelib-gateway' },
      spec: { selector: labels, ports: [{ port: 8080 }] },
    },
  ];
  const path = imagesPath('staging');
  const own = /^[\s\S]*images:\n| {2}- name: gospelib-gateway\n.*\n.*\n/gm;
  const text = readFileSync(join(repository, path), 'utf8').match(own)?.join('') ?? '';
  const file = bumpImageSet(text, set, path);
  return {
    'infra/k8s/base/kustomization.yaml': JSON.stringify({ resources: ['gateway.yaml'] }),
    'infra/k8s/base/gateway.yaml': base.map((one) => JSON.stringify(one)).join('\n---\n'),
    ...Object.fromEntries(
      environments.flatMap((name) => [
        [
          `infra/k8s/overlays/${name}/kustomization.yaml`,
          JSON.stringify({
            namespace: namespaceOf(name),
            resources: ['../../base'],
            components: ['images'],
          }),
        ],
        [imagesPath(name), file],
      ]),
    ),
  };
}
