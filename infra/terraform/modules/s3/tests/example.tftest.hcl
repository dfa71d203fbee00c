# The example of README.md, planned without any provider.
mock_provider "aws" {
}

variables {
  name        = "gospelib-staging-backups"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  locked_days = 7
}

run "example" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Versioned."
  }
  assert {
    condition     = aws_s3_bucket_object_lock_configuration.this[0].rule[0].default_retention[0].days == 7
    error_message = "Locked."
  }
}
