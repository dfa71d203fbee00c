# The example of README.md, planned without any provider.
mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_subnet" {
    defaults = { availability_zone = "us-east-1a" }
  }
}

variables {
  name                   = "gospelib-staging"
  environment            = "staging"
  vpc_id                 = "vpc-00000000"
  subnet_id              = "subnet-00000000"
  ami_id                 = "ami-00000000000000000"
  k3s_version            = "v1.35.4+k3s1"
  ingress_prefix_list_id = "pl-3b927c52"
  kms_key_arn            = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  backups_bucket_arn     = "arn:aws:s3:::gospelib-staging-backups"
  zone_arn               = "arn:aws:route53:::hostedzone/Z0000000000000000000"
}

run "example" {
  command = plan

  assert {
    condition     = aws_instance.node.metadata_options[0].http_tokens == "required" && aws_instance.node.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "Pods do not get the node rights."
  }
  assert {
    condition     = aws_ebs_volume.data.encrypted
    error_message = "Encrypted."
  }
}
