# The example of README.md, planned without any provider.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

variables {
  repository    = "gospelib/gospelib"
  owner_id      = 1234
  repository_id = 5678
  roles = {
    publish = {
      subjects = ["ref:refs/heads/stage"]
      policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }
}

run "example" {
  command = plan

  assert {
    condition     = toset(data.aws_iam_policy_document.trust["publish"].statement[0].condition[*].variable) == toset([for each in ["aud", "sub", "repository_id"] : "token.actions.githubusercontent.com:${each}"])
    error_message = "Audience, subject and number."
  }
  assert {
    condition     = contains(flatten([for each in data.aws_iam_policy_document.trust["publish"].statement[0].condition : each.values]), "repo:gospelib@1234/gospelib@5678:ref:refs/heads/stage")
    error_message = "The form with numbers."
  }
}
