import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';
import { readConfigMap, readSecret } from './cluster.secret.ts';

const keyRef = z.object({ name: z.string(), key: z.string(), optional: z.boolean().optional() });
const nameRef = z.object({ name: z.string(), optional: z.boolean().optional() });

const deployment = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        volumes: z
          .array(
            z.object({ name: z.string(), secret: z.object({ secretName: z.string() }).optional() }),
          )
          .default([]),
        containers: z.array(
          z.object({
            volumeMounts: z
              .array(z.object({ name: z.string(), mountPath: z.string() }))
              .default([]),
            env: z
              .array(
                z.object({
                  name: z.string(),
                  value: z.string().optional(),
                  valueFrom: z
                    .object({
                      secretKeyRef: keyRef.optional(),
                      configMapKeyRef: keyRef.optional(),
                    })
                    .optional(),
                }),
              )
              .default([]),
            envFrom: z
              .array(
                z.object({
                  prefix: z.string().default(''),
                  secretRef: nameRef.optional(),
                  configMapRef: nameRef.optional(),
                }),
              )
              .default([]),
          }),
        ),
      }),
    }),
  }),
});

/** Where services find settings that are secret, a file each. */
const SECRETS_FOLDER = '/run/secrets/gospelib';
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/**
 * What the first container of a Deployment is told: its values, those of the secrets and ConfigMaps it names, and of the
 * secret that is mounted for it.
 */
export async function containerEnvironment(
  kubectl: Kubectl,
  name: string,
): Promise<Record<string, string>> {
  const found = await kubectl.get([`deployment/${name}`], deployment);
  const { volumes, containers } = found.spec.template.spec;
  const [container] = containers;
  const settings: Record<string, string> = {};
  const mounted = container?.volumeMounts.find(({ mountPath }) => mountPath === SECRETS_FOLDER);
  const secret = volumes.find((volume) => volume.name === mounted?.name)?.secret?.secretName;
  for (const [key, value] of Object.entries(secret ? await readSecret(kubectl, secret) : {})) {
    if (VARIABLE.test(key)) settings[key] = value;
  }
  for (const { prefix, secretRef, configMapRef } of container?.envFrom ?? []) {
    const values = secretRef
      ? await readSecret(kubectl, secretRef.name)
      : configMapRef
        ? await readConfigMap(kubectl, configMapRef.name)
        : {};
    for (const [key, value] of Object.entries(values)) settings[`${prefix}${key}`] = value;
  }
  for (const { name: variable, value, valueFrom } of container?.env ?? []) {
    const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
    const referred = secretKeyRef
      ? (await readSecret(kubectl, secretKeyRef.name))[secretKeyRef.key]
      : configMapKeyRef
        ? (await readConfigMap(kubectl, configMapKeyRef.name))[configMapKeyRef.key]
        : value;
    if (referred !== undefined) settings[variable] = referred;
  }
  return settings;
}
