# The example of README.md, planned without any provider.
mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
}

override_resource {
  target = aws_sesv2_email_identity.this
  values = {
    dkim_signing_attributes = { tokens = ["a", "b", "c"] }
  }
  override_during = plan
}

variables {
  domain      = "gospelib.com"
  zone_id     = "Z0000000000000000000"
  reports_to  = "operations@gospelib.com"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}

run "example" {
  command = plan

  assert {
    condition     = strcontains(join("", aws_route53_record.text["_dmarc.gospelib.com"].records), "p=reject")
    error_message = "Forged mail is rejected."
  }
}
