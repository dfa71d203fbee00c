# The example of README.md, planned without any provider.
mock_provider "aws" {
}

variables {
  name        = "gospelib-staging"
  monthly_usd = 75
  emails      = ["operations@gospelib.com"]
}

run "example" {
  command = plan

  assert {
    condition     = length(aws_budgets_budget.this.notification) == 2
    error_message = "Both notifications."
  }
}
