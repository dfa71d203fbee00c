interface Fault {
  /** Of resources, by their addresses. */
  address: RegExp;
  why: string;
}

/** What the emulator (ministack 1.5.33) refuses to make. A line that no longer applies fails the test, as one too few does. */
export const refused: readonly Fault[] = [
  {
    address: /^aws_ebs_encryption_by_default\./,
    why: 'EnableEbsEncryptionByDefault is unknown to it',
  },
  {
    address: /^aws_s3_account_public_access_block\./,
    why: 'answers by a host name that is the account',
  },
  {
    address: /aws_sesv2_configuration_set\./,
    why: 'without the request for the account the provider makes no ARN',
  },
  { address: /aws_backup_vault_lock_configuration\./, why: 'it has no vault lock' },
  {
    address: /aws_budgets_budget\./,
    why: 'without the request for the account, which it answers by another host name, the provider makes no id',
  },
];

/** The same for what production alone has. */
export const refusedInProduction: readonly Fault[] = [
  {
    address: /^module\.cluster\.aws_vpc_security_group_ingress_rule\.nodes$/,
    why: 'calls the id malformed that it gave to the group of an EKS cluster',
  },
  {
    address: /aws_autoscaling_attachment\./,
    why: 'AttachLoadBalancerTargetGroups is unknown to it',
  },
  {
    address: /aws_wafv2_web_acl_logging_configuration\./,
    why: 'PutLoggingConfiguration is unknown to it',
  },
];

/** What it forgets or answers otherwise, so that a second plan finds a change, and what follows from that. */
export const forgotten: readonly Fault[] = [
  {
    address: /aws_elasticache_parameter_group\./,
    why: 'lists defaults of the engine as if they were set',
  },
  { address: /aws_elasticache_replication_group\./, why: 'forgets the key and the upgrades' },
  {
    address: /aws_vpc_security_group_(ingress|egress)_rule\./,
    why: 'adds the account to groups, forgets tags',
  },
  { address: /aws_ebs_volume\./, why: 'forgets the key' },
  { address: /aws_instance\./, why: 'forgets root volume and metadata options' },
  {
    address: /aws_(eip_association|volume_attachment)\./,
    why: 'follow the instance and the volume',
  },
  { address: /aws_db_instance\./, why: 'forgets which logs are exported' },
  { address: /aws_flow_log\./, why: 'forgets role and interval' },
  {
    address: /aws_secretsmanager_secret_version\.composed/,
    why: 'follow the hosts of database and cache',
  },
];

/** What a plan cannot even be made with once it stands in the state: it is taken out of it. */
export const unreadable: readonly string[] = [
  // Its id is made of an account that was not asked for.
  'module.budget.aws_budgets_budget.this',
  // It answers a rule on a list of addresses without that list, and the provider stumbles.
  'module.cluster.aws_vpc_security_group_ingress_rule.https',
];

/** Reasons of faults that none of these addresses has. */
export function idle(faults: readonly Fault[], addresses: readonly string[]): readonly string[] {
  return faults
    .filter((fault) => !addresses.some((address) => fault.address.test(address)))
    .map(({ address, why }) => `${address.source}: ${why}`);
}
