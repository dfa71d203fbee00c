# The example of README.md, planned without any provider.
mock_provider "aws" {
}

variables {
  name                      = "gospelib-staging"
  vpc_id                    = "vpc-00000000"
  subnet_ids                = ["subnet-00000000", "subnet-11111111"]
  client_security_group_ids = { nodes = "sg-00000000" }
  node_type                 = "cache.t3.micro"
  kms_key_arn               = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  password                  = "from the secrets module"
}

run "example" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.this.transit_encryption_enabled
    error_message = "TLS only."
  }
  assert {
    condition     = aws_elasticache_user.default.access_string == "off -@all"
    error_message = "The default user may do nothing."
  }
}
