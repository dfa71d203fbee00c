# The example of README.md, planned without any provider.
mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/gospelib" }
  }
}

variables {
  name                   = "gospelib-production"
  environment            = "production"
  vpc_id                 = "vpc-00000000"
  subnet_ids             = ["subnet-00000000", "subnet-11111111"]
  public_subnet_ids      = ["subnet-22222222", "subnet-33333333"]
  ingress_prefix_list_id = "pl-3b927c52"
  api_cidrs              = []
  admin_role_arns        = { operator = "arn:aws:iam::123456789012:role/gospelib-operator" }
  addon_versions = {
    vpc-cni                = "v1.20.4-eksbuild.2"
    kube-proxy             = "v1.35.0-eksbuild.2"
    eks-pod-identity-agent = "v1.3.10-eksbuild.2"
    coredns                = "v1.12.4-eksbuild.1"
    aws-ebs-csi-driver     = "v1.53.0-eksbuild.1"
  }
  kms_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  backups_bucket_arn = "arn:aws:s3:::gospelib-production-backups"
  zone_arn           = "arn:aws:route53:::hostedzone/Z0000000000000000000"
}

run "example" {
  command = plan

  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "Network policies are enforced."
  }
  assert {
    condition     = !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "The API server answers inside alone."
  }
}

run "an_old_version_is_refused" {
  command = plan
  variables {
    kubernetes_version = "1.34"
  }
  expect_failures = [var.kubernetes_version]
}

run "the_whole_world_is_refused" {
  command = plan
  variables {
    api_cidrs = ["0.0.0.0/0"]
  }
  expect_failures = [var.api_cidrs]
}
