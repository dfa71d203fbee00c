# The example of README.md, planned without any provider.
mock_provider "aws" {
}

variables {
  name            = "gospelib-production"
  hosts           = ["gospelib.com", "api.gospelib.com"]
  origin_host     = "origin.gospelib.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  rate_limit      = 2000
  log_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}

run "example" {
  command = plan

  assert {
    condition     = length(aws_wafv2_web_acl.this) == 1
    error_message = "WAF is there."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].cache_policy_id == local.caching_disabled
    error_message = "Answers are not cached."
  }
}
