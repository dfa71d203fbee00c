import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import { z } from 'zod';

const FOLDER = 'infra/terraform/environments';

const settingsSchema = z.looseObject({
  account_id: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
});

/** One folder of infra/terraform/environments: a root module with a state of its own. */
export interface InfraEnvironment {
  name: string;
  folder: string;
  /** The one account that it belongs to. */
  account: string;
  region: string;
  /** What names its state: bucket and key. */
  state: { bucket: string; key: string };
}

/** All that there are. */
export function infraNames(root: string): readonly string[] {
  return readdirSync(join(root, FOLDER), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** @throws UsageError for one that there is not, OperatorError for settings that cannot be read */
export function findInfra(root: string, name: string): InfraEnvironment {
  const names = infraNames(root);
  if (!names.includes(name)) {
    throw new UsageError(`There is no ${name} in ${FOLDER}; there are ${names.join(', ')}.`);
  }
  const folder = join(root, FOLDER, name);
  const file = join(folder, 'settings.auto.tfvars.json');
  const parsed = existsSync(file)
    ? settingsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    : undefined;
  if (parsed?.success !== true) {
    throw new OperatorError(`${file} does not name account and region of ${name}.`);
  }
  const { account_id, region } = parsed.data;
  return {
    name,
    folder,
    account: account_id,
    region,
    state: readBackend(folder),
  };
}

/** Terraform has no way to ask for it; the block is our own, of one shape. */
function readBackend(folder: string): { bucket: string; key: string } {
  const text = readFileSync(join(folder, 'versions.tf'), 'utf8');
  const [, block = ''] = /backend "s3" \{([^}]*)\}/.exec(text) ?? [];
  const value = (name: string) => new RegExp(`\\b${name}\\s*=\\s*"([^"]+)"`).exec(block)?.[1];
  const bucket = value('bucket');
  const key = value('key');
  if (bucket === undefined || key === undefined) {
    throw new OperatorError(`${folder}/versions.tf names no bucket and key of the state.`);
  }
  return { bucket, key };
}
