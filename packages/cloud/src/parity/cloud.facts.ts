import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '@gospelib/workspace';
import { plannedResources } from '../plan/plan.schema.ts';
import { recordedPlan } from '../recorded/recorded.plan.ts';
import { neutralNames } from './neutral.names.ts';

/** What says nothing about how an environment is made, but whose it is: names, and which hosts it has. */
const named =
  /^(tags|tags_all|name|identifier|id|bucket|comment|description|policy|replication_group_id|user_id|user_group_id|user_ids|aliases|domain_name|domain_validation_options|subject_alternative_names)$/;
const ofHosts = 'aws_route53_record';

/**
 * What Terraform plans outside the cluster itself, an attribute a fact; of the cluster alone which module makes it, since
 * k3s on a node and EKS have no resource in common.
 */
export function cloudFacts(root: string, environment: string): Facts {
  const neutral = neutralNames(root, environment);
  const facts = new Map([['terraform module.cluster', clusterModule(root, environment)]]);
  for (const { address, type, values } of plannedResources(recordedPlan(root, environment))) {
    if (address.startsWith('module.cluster.') || type === ofHosts) continue;
    const at = `terraform ${neutral(address)}`;
    facts.set(at, 'planned');
    for (const [name, value] of Object.entries(values)) {
      if (value === null || named.test(name)) continue;
      facts.set(
        `${at} ${name}`,
        neutral(typeof value === 'string' ? value : JSON.stringify(value)),
      );
    }
  }
  return facts;
}

function clusterModule(root: string, environment: string): string {
  const main = readFileSync(
    join(root, 'infra/terraform/environments', environment, 'main.tf'),
    'utf8',
  );
  const found = /module "cluster" \{\s*source\s*=\s*"\.\.\/\.\.\/modules\/([a-z0-9-]+)"/.exec(main);
  return found?.[1] ?? 'none';
}
