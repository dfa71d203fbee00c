# The example of README.md, planned without any provider.
mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
}

variables {
  name          = "gospelib-production"
  cidr          = "10.1.0.0/16"
  zones         = ["us-east-1a", "us-east-1b"]
  private_nodes = true
  kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}

run "example" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_subnet.nodes) == 2
    error_message = "Private nodes need a way out."
  }
  assert {
    condition     = length(aws_subnet.data) == 2
    error_message = "Stores are in two zones."
  }
}
