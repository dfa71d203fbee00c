# The example of README.md, planned without any provider.
mock_provider "aws" {
}

variables {
  name                      = "gospelib-production"
  vpc_id                    = "vpc-00000000"
  subnet_ids                = ["subnet-00000000", "subnet-11111111"]
  client_security_group_ids = { nodes = "sg-00000000" }
  instance_class            = "db.r6g.large"
  multi_az                  = false
  production                = true
  backup_days               = 35
  kms_key_arn               = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  owner_password            = "from the secrets module"
}

run "example" {
  command = plan

  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "Production is protected."
  }
  assert {
    condition     = aws_db_instance.this.storage_encrypted && !aws_db_instance.this.publicly_accessible
    error_message = "Encrypted, and not public."
  }
  assert {
    condition     = aws_db_instance.this.password == null
    error_message = "The password is not in the state."
  }
}
