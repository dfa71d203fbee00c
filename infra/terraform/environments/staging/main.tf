locals {
  name        = "gospelib-staging"
  hosts       = ["staging.${var.domain}", "api.staging.${var.domain}", "grafana.staging.${var.domain}"]
  origin_host = "origin.staging.${var.domain}"
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
  cidr          = "10.0.0.0/16"
  zones         = var.zones
  private_nodes = false
  kms_key_arn   = module.key.arn
}

module "backups_bucket" {
  source               = "../../modules/s3"
  name                 = "${local.name}-backups"
  kms_key_arn          = module.key.arn
  locked_days          = var.data_destroyed_at_once ? null : 30
  destroy_with_content = var.data_destroyed_at_once
}

data "aws_ssm_parameter" "ubuntu" {
  count = var.ami_id == null ? 1 : 0
  name  = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
}

module "cluster" {
  source                 = "../../modules/k3s"
  name                   = local.name
  environment            = "staging"
  vpc_id                 = module.network.vpc_id
  subnet_id              = module.network.public_subnet_ids[0]
  instance_type          = "t3.medium"
  ami_id                 = coalesce(var.ami_id, one(data.aws_ssm_parameter.ubuntu[*].insecure_value))
  k3s_version            = "v1.35.4+k3s1"
  ingress_prefix_list_id = local.cloudfront_prefix_list_id
  kms_key_arn            = module.key.arn
  backups_bucket_arn     = module.backups_bucket.arn
  zone_arn               = data.aws_route53_zone.this.arn
}

module "database" {
  source                    = "../../modules/rds"
  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = { nodes = module.cluster.security_group_id }
  instance_class            = "db.t3.micro"
  multi_az                  = false
  production                = false
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
  node_type                 = "cache.t3.micro"
  kms_key_arn               = module.key.arn
  password                  = module.secrets.generated["redis"]
  password_version          = lookup(var.password_versions, "redis", 1)
}

module "names" {
  source    = "../../modules/route53"
  zone_id   = data.aws_route53_zone.this.zone_id
  hosts     = local.hosts
  aliases   = { for host in local.hosts : host => { name = module.edge.domain_name, zone_id = module.edge.zone_id } }
  addresses = { (local.origin_host) = module.cluster.address }
}

module "edge" {
  source          = "../../modules/cloudfront"
  name            = local.name
  hosts           = local.hosts
  origin_host     = local.origin_host
  certificate_arn = module.names.certificate_arn
  rate_limit      = null
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
  monthly_usd = 75
  emails      = [var.reports_to]
}
