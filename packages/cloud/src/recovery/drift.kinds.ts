import type { ExplainedChange } from '../plan/plan.explain.ts';

/** What it means for readers that a resource of some type is not what was applied. The first that matches. */
const kinds: readonly (readonly [type: RegExp, kind: string, means: string])[] = [
  [
    /^aws_(vpc_security_group|security_group|default_security_group|network_acl)/,
    'security group',
    'what has to talk to each other may be shut off, or open to others',
  ],
  [
    /^aws_(route|route_table|nat_gateway|internet_gateway)(_association)?$/,
    'route',
    'packets lead nowhere',
  ],
  [/^aws_route53_/, 'name', 'readers or mails are led elsewhere'],
  [/^aws_iam_|_policy$/, 'rights', 'pods or workflows are refused, or may do what they must not'],
  [/_parameter_group$/, 'parameters', 'the store runs otherwise than it was tried'],
];

export interface DriftKind {
  kind: string;
  /** A sentence for people. */
  says: string;
}

/** What kind of misconfiguration a drift is, by the type of its resource. */
export function driftKind({ address, kind, details }: ExplainedChange): DriftKind {
  const type =
    address
      .replace(/\[[^\]]*\]/g, '')
      .split('.')
      .at(-2) ?? '';
  const [, name, means] = kinds.find(([matches]) => matches.test(type)) ?? [
    /./,
    'resource',
    'it is not what was applied',
  ];
  const what = kind === 'destroyed' ? 'was removed' : `was ${kind}`;
  const changed = details.length === 0 ? '' : ` (${details.join('; ')})`;
  return { kind: name, says: `${address} ${what} behind Terraform’s back${changed}: ${means}.` };
}
