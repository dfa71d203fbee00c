import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';
import { readConfigMap, readSecret } from './cluster.secret.ts';

const keyRef = z.object({ name: z.string(), key: z.string(), optional: z.boolean().optional() });
const nameRef = z.object({ name: z.string(), optional: z.boolean().optional() });

const deployment = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.array(
          z.object({
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

/** What the first container of a Deployment is told: its values, and those of the secrets and ConfigMaps it names. */
export async function containerEnvironment(
  kubectl: Kubectl,
  name: string,
): Promise<Record<string, string>> {
  const found = await kubectl.get([`deployment/${name}`], deployment);
  const [container] = found.spec.template.spec.containers;
  const settings: Record<string, string> = {};
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
