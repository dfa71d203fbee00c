type Values = Readonly<Record<string, unknown>>;

/** What one resource costs: a price, and how much of it a month. `used`: as much as was assumed to be used. */
export interface PricedPart {
  price: string;
  quantity: number | 'hours' | 'used';
  /** Multiplies hours. */
  times?: number;
}

const parts: Readonly<Record<string, (values: Values) => readonly PricedPart[]>> = {
  aws_instance: ({ instance_type, root_block_device }) => [
    { price: `ec2.${instance_type}`, quantity: 'hours' },
    { price: 'ebs.gp3', quantity: Number(first(root_block_device).volume_size ?? 0) },
  ],
  aws_ebs_volume: ({ size }) => [{ price: 'ebs.gp3', quantity: Number(size) }],
  aws_eip: () => [{ price: 'ipv4.hour', quantity: 'hours' }],
  aws_nat_gateway: () => [
    { price: 'nat.hour', quantity: 'hours' },
    { price: 'nat.gb', quantity: 'used' },
  ],
  aws_eks_cluster: () => [{ price: 'eks.cluster', quantity: 'hours' }],
  aws_eks_node_group: ({ instance_types, scaling_config }) => {
    const nodes = Number(first(scaling_config).desired_size ?? 0);
    const type = Array.isArray(instance_types) ? instance_types[0] : 'unknown';
    return [
      { price: `ec2.${type}`, quantity: 'hours', times: nodes },
      { price: 'ebs.gp3', quantity: 30 * nodes },
    ];
  },
  aws_lb: () => [
    { price: 'nlb.hour', quantity: 'hours' },
    { price: 'nlb.lcu', quantity: 'used' },
  ],
  aws_db_instance: ({ instance_class, allocated_storage, multi_az }) => {
    const times = multi_az === true ? 2 : 1;
    return [
      { price: `rds.${instance_class}`, quantity: 'hours', times },
      { price: 'rds.gp3', quantity: Number(allocated_storage) * times },
    ];
  },
  aws_elasticache_replication_group: ({ node_type, num_cache_clusters }) => [
    { price: `cache.${node_type}`, quantity: 'hours', times: Number(num_cache_clusters ?? 1) },
  ],
  aws_kms_key: () => [{ price: 'kms.key', quantity: 1 }],
  aws_secretsmanager_secret: () => [{ price: 'secret', quantity: 1 }],
  aws_route53_zone: () => [{ price: 'route53.zone', quantity: 1 }],
  aws_wafv2_web_acl: ({ rule }) => [
    { price: 'waf.acl', quantity: 1 },
    { price: 'waf.rule', quantity: Array.isArray(rule) ? rule.length : 0 },
    { price: 'waf.requests', quantity: 'used' },
  ],
  aws_cloudfront_distribution: () => [{ price: 'cloudfront.gb', quantity: 'used' }],
};

/** Paid by use, shared by all resources of the type: counted once an environment. */
export const sharedParts: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_group: ['logs.gb'],
  aws_s3_bucket: ['s3.gb'],
  aws_backup_vault: ['backup.rds.gb', 'backup.ebs.gb'],
  aws_ecr_repository: ['ecr.gb'],
};

/** Types that cost nothing by themselves. */
const free =
  /^aws_(acm_|autoscaling_attachment|backup_(plan|selection|vault_)|budgets_|cloudfront_cache_policy|db_(parameter|subnet)_group|default_security_group|ebs_encryption_by_default|ecr_lifecycle_policy|eip_association|eks_(access|addon|pod_identity)|elasticache_(parameter_group|subnet_group|user)|flow_log|iam_|internet_gateway|kms_alias|launch_template|lb_|route53_record|route_|route$|s3_account_|s3_bucket_|secretsmanager_secret_version|security_group|sesv2_|sns_|subnet|volume_attachment|vpc$|vpc_endpoint|vpc_security_group_|wafv2_web_acl_logging)/;

/** Undefined: nobody said what this type costs, and not that it is free either. */
export function partsOf(type: string, values: Values): readonly PricedPart[] | undefined {
  const priced = parts[type];
  if (priced !== undefined) return priced(values);
  return type in sharedParts || free.test(type) ? [] : undefined;
}

function first(value: unknown): Values {
  return (Array.isArray(value) ? (value[0] ?? {}) : {}) as Values;
}
