/** Types of resources that hold something, and what is gone with one. Whoever lets one go has to name it. */
export const lossKinds: Readonly<Record<string, string>> = {
  aws_db_instance: 'the database, with what people wrote since the last backup elsewhere',
  aws_s3_bucket: 'the bucket, with every object and every older version in it',
  aws_ebs_volume: 'the volume, with the graph and the state of the cluster on it',
  aws_eks_cluster: 'the cluster, with all that runs on it',
  aws_eks_node_group: 'all nodes at once: nobody is served until there are others',
  aws_instance: 'the node: nobody is served until there is another one',
  aws_elasticache_replication_group: 'what the cache holds: ended sessions may come to life again',
  aws_kms_key: 'the key: what it encrypted can never be read again, backups included',
  aws_secretsmanager_secret: 'the secret, with its older values',
  aws_backup_vault: 'the vault, with the backups in it',
  aws_ecr_repository: 'the repository, with the images that environments run',
  aws_route53_zone:
    'the zone: every name of the platform, until the registrar names the new servers',
  aws_vpc: 'the network, with everything in it',
  aws_cloudfront_distribution: 'the way in: names lead nowhere until another one is there',
};
