import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The network of an environment, as Terraform makes it: `10.0.`. */
function networkOf(root: string, environment: string): string {
  const main = readFileSync(
    join(root, 'infra/terraform/environments', environment, 'main.tf'),
    'utf8',
  );
  const [, network] = /cidr\s*=\s*"(\d+\.\d+\.)0\.0\/16"/.exec(main) ?? [];
  if (network === undefined)
    throw new Error(`${environment} has no network of the form 10.0.0.0/16`);
  return network;
}

/** Replaces what says which environment it is: its name, its host, its network. They differ by their nature. */
export function neutralNames(root: string, environment: string): (text: string) => string {
  const network = new RegExp(
    `\\b${networkOf(root, environment).replaceAll('.', '\\.')}(?=\\d+\\.\\d+/[123]\\d)`,
    'g',
  );
  return (text) =>
    text
      .replaceAll(/\b(staging\.)?gospelib\.com\b(?=$|[/\s"'\]>])/gm, 'HOST')
      .replaceAll(new RegExp(`\\b(?<!k8s-)${environment}\\b`, 'g'), 'ENVIRONMENT')
      .replaceAll(network, 'NETWORK.');
}
