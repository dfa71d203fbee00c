locals {
  name        = "gospelib-production"
  hosts       = [var.domain, "api.${var.domain}", "grafana.${var.domain}"]
  origin_host = "origin.${var.domain}"
}

data "aws_route53_zone" "this" {
  name = var.domain
}

data "aws_ec2_managed_prefix_list" "cloudfront" {
  count = var.cloudfront_prefix_list_id == null ? 1 : 0
  name  = "com.amazonaws.global.cloudfront.origin-facing"
}

locals {
  cloudfront_prefix_list_id = coalesce(var.cloudfront_prefix_list_id, one(data.aws_ec2_managed_prefix_list.cloudfront[*].id))
}

module "key" {
  source   = "../../modules/key"
  name     = local.name
  services = ["logs.us-east-1.amazonaws.com"]
}

module "network" {
  source        = "../../modules/network"
  name          = local.name
  cidr          = "10.1.0.0/16"
  zones         = var.zones
  private_nodes = true
  kms_key_arn   = module.key.arn
}

module "backups_bucket" {
  source               = "../../modules/s3"
  name                 = "${local.name}-backups"
  kms_key_arn          = module.key.arn
  locked_days          = 30
  destroy_with_content = false
}

module "cluster" {
  source                 = "../../modules/eks"
  name                   = local.name
  environment            = "production"
  vpc_id                 = module.network.vpc_id
  subnet_ids             = module.network.node_subnet_ids
  public_subnet_ids      = module.network.public_subnet_ids
  ingress_prefix_list_id = local.cloudfront_prefix_list_id
  api_cidrs              = var.api_cidrs
  admin_role_arns        = var.admin_role_arns
  node_type              = "t3.medium"
  nodes                  = 2
  kms_key_arn            = module.key.arn
  backups_bucket_arn     = module.backups_bucket.arn
  zone_arn               = data.aws_route53_zone.this.arn
  addon_versions = {
    vpc-cni                = "v1.20.4-eksbuild.2"
    kube-proxy             = "v1.35.0-eksbuild.2"
    eks-pod-identity-agent = "v1.3.10-eksbuild.2"
    coredns                = "v1.12.4-eksbuild.1"
    aws-ebs-csi-driver     = "v1.53.0-eksbuild.1"
  }
}

module "database" {
  source                    = "../../modules/rds"
  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = { nodes = module.cluster.security_group_id }
  instance_class            = "db.r6g.large"
  multi_az                  = false
  production                = true
  backup_days               = 35
  kms_key_arn               = module.key.arn
  owner_password            = module.secrets.generated["owner"]
  password_version          = lookup(var.password_versions, "owner", 1)
}

module "cache" {
  source                    = "../../modules/elasticache"
  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = { nodes = module.cluster.security_group_id }
  node_type                 = "cache.r6g.large"
  kms_key_arn               = module.key.arn
  password                  = module.secrets.generated["redis"]
  password_version          = lookup(var.password_versions, "redis", 1)
}

module "names" {
  source  = "../../modules/route53"
  zone_id = data.aws_route53_zone.this.zone_id
  hosts   = local.hosts
  aliases = merge(
    { for host in local.hosts : host => { name = module.edge.domain_name, zone_id = module.edge.zone_id } },
    { (local.origin_host) = module.cluster.load_balancer },
  )
}

module "edge" {
  source          = "../../modules/cloudfront"
  name            = local.name
  hosts           = local.hosts
  origin_host     = local.origin_host
  certificate_arn = module.names.certificate_arn
  rate_limit      = 2000
  log_kms_key_arn = module.key.arn
}

module "backup" {
  source        = "../../modules/backup"
  name          = local.name
  kms_key_arn   = module.key.arn
  keep_days     = 35
  point_in_time = true
}

module "budget" {
  source      = "../../modules/budget"
  name        = local.name
  monthly_usd = 600
  emails      = [var.reports_to]
}
