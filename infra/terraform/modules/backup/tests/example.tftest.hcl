# The example of README.md, planned without any provider.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/gospelib-staging-backup" }
  }
}

variables {
  name          = "gospelib-staging"
  kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  keep_days     = 14
  point_in_time = true
}

run "example" {
  command = plan

  assert {
    condition     = aws_backup_vault_lock_configuration.this.min_retention_days == 7
    error_message = "Locked for a week."
  }
}
