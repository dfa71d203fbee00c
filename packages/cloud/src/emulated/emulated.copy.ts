import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { infraNames } from '../infra/infra.environment.ts';

const EMULATED_ACCOUNT = '123456789012';

/** What emulators lack: the lists of addresses and images that AWS keeps. */
const settings: Readonly<Record<string, object>> = {
  bootstrap: {},
  staging: {
    stores_ca: 'certificates',
    cloudfront_prefix_list_id: 'pl-3b927c52',
    ami_id: 'ami-0123456789abcdef0',
  },
  production: { stores_ca: 'certificates', cloudfront_prefix_list_id: 'pl-3b927c52' },
};

/**
 * A copy of infra/terraform below `to` that is applied to an emulator: its account, its state, and the settings that
 * tell the provider so. The configuration itself is the same.
 * @param more variables beside these
 */
export function copyForEmulator(root: string, to: string, more: object = {}): void {
  mkdirSync(to, { recursive: true });
  cpSync(join(root, 'infra/terraform'), join(to, 'infra/terraform'), {
    recursive: true,
    filter: (path) => !path.endsWith('.recorded.json') && !path.includes('/.terraform'),
  });
  cpSync(join(root, 'infra/prices'), join(to, 'infra/prices'), { recursive: true });
  for (const name of infraNames(to)) {
    const folder = join(to, 'infra/terraform/environments', name);
    const file = join(folder, 'settings.auto.tfvars.json');
    const own = JSON.parse(readFileSync(file, 'utf8')) as object;
    const emulated = { account_id: EMULATED_ACCOUNT, emulated: true, ...settings[name], ...more };
    writeFileSync(file, JSON.stringify({ ...own, ...emulated }));
    writeFileSync(join(folder, 'backend_override.tf'), backend(name));
  }
}

function backend(name: string): string {
  return `terraform {
  backend "s3" {
    bucket                      = "gospelib-terraform-state"
    key                         = "${name}/terraform.tfstate"
    region                      = "us-east-1"
    encrypt                     = true
    use_lockfile                = true
    use_path_style              = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
    skip_requesting_account_id  = true
  }
}
`;
}
