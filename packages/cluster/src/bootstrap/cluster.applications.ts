import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';

/** Of an Application of Argo CD: what of it is read here. */
const application = z.object({
  kind: z.literal('Application'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    source: z.object({
      repoURL: z.string(),
      targetRevision: z.string(),
      path: z.string().optional(),
      kustomize: z.object({ patches: z.array(z.looseObject({})) }).optional(),
    }),
  }),
});
type Application = z.output<typeof application>;
export type ApplicationSource = Application['spec']['source'];

/** What is declared for a cluster. */
export interface Declared {
  /** As it is applied. */
  text: string;
  /** Names and versions, in the order of the file. */
  applications: readonly { name: string; version: string }[];
  /** Where Argo CD itself comes from. */
  argocd: ApplicationSource;
}

/** Reads what `infra/cluster/<environment>` declares. @throws OperatorError for an environment without that folder */
export async function readDeclared(
  kubectl: Kubectl,
  root: string,
  environment: string,
): Promise<Declared> {
  const folder = join(root, 'infra/cluster', environment);
  return parseDeclared(await kubectl.run(['kustomize', folder]), folder);
}

/** @throws OperatorError where Argo CD is not among the Applications */
export function parseDeclared(text: string, folder: string): Declared {
  const applications = parseAllDocuments(text).flatMap((document) => {
    const parsed = application.safeParse(document.toJS());
    return parsed.success ? [parsed.data] : [];
  });
  const argocd = applications.find(({ metadata }) => metadata.name === 'argocd');
  if (argocd === undefined) {
    throw new OperatorError(`${folder} has no Application argocd: nothing could look after it.`);
  }
  return {
    text,
    argocd: argocd.spec.source,
    applications: applications.map(({ metadata, spec }) => ({
      name: metadata.name,
      version: spec.source.targetRevision,
    })),
  };
}
