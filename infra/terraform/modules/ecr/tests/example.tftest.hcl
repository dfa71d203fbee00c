# The example of README.md, planned without any provider.
mock_provider "aws" {
}

variables {
  images      = ["gateway", "content"]
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}

run "example" {
  command = plan

  assert {
    condition     = alltrue([for each in aws_ecr_repository.this : each.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag never moves."
  }
  assert {
    condition     = alltrue([for each in aws_ecr_lifecycle_policy.this : length(jsondecode(each.policy).rules) == 1 && jsondecode(each.policy).rules[0].selection.tagStatus == "untagged"])
    error_message = "What is tagged stays."
  }
}
