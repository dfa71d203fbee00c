# The example of README.md, planned without any provider.
mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      domain_validation_options = [{ domain_name = "staging.gospelib.com", resource_record_name = "_a.staging.gospelib.com", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws" }]
    }
    override_during = plan
  }
}

variables {
  zone_id   = "Z0000000000000000000"
  hosts     = ["staging.gospelib.com"]
  aliases   = { "staging.gospelib.com" = { name = "d111111abcdef8.cloudfront.net", zone_id = "Z2FDTNDATAQYW2" } }
  addresses = { "origin.staging.gospelib.com" = "203.0.113.10" }
}

run "example" {
  command = plan

  assert {
    condition     = length(aws_route53_record.alias) == 2
    error_message = "A and AAAA."
  }
}
