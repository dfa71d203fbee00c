data "aws_region" "current" {}

resource "aws_sesv2_configuration_set" "this" {
  configuration_set_name = "gospelib"
  delivery_options {
    tls_policy = "REQUIRE"
  }
  # Who refused once is not written to again.
  suppression_options {
    suppressed_reasons = ["BOUNCE", "COMPLAINT"]
  }
}

resource "aws_sesv2_email_identity" "this" {
  email_identity         = var.domain
  configuration_set_name = aws_sesv2_configuration_set.this.configuration_set_name
  dkim_signing_attributes {
    next_signing_key_length = "RSA_2048_BIT"
  }
}

resource "aws_sesv2_email_identity_mail_from_attributes" "this" {
  email_identity         = aws_sesv2_email_identity.this.email_identity
  mail_from_domain       = "mail.${var.domain}"
  behavior_on_mx_failure = "REJECT_MESSAGE"
}

resource "aws_route53_record" "dkim" {
  count   = 3
  zone_id = var.zone_id
  name    = "${aws_sesv2_email_identity.this.dkim_signing_attributes[0].tokens[count.index]}._domainkey.${var.domain}"
  type    = "CNAME"
  ttl     = 3600
  records = ["${aws_sesv2_email_identity.this.dkim_signing_attributes[0].tokens[count.index]}.dkim.amazonses.com"]
}

locals {
  texts = {
    "mail.${var.domain}"   = "v=spf1 include:amazonses.com -all"
    (var.domain)           = "v=spf1 include:amazonses.com -all"
    "_dmarc.${var.domain}" = "v=DMARC1; p=reject; adkim=s; aspf=r; rua=mailto:${var.reports_to}"
  }
}

resource "aws_route53_record" "text" {
  for_each = local.texts
  zone_id  = var.zone_id
  name     = each.key
  type     = "TXT"
  ttl      = 3600
  records  = [each.value]
}

resource "aws_route53_record" "return_path" {
  zone_id = var.zone_id
  name    = "mail.${var.domain}"
  type    = "MX"
  ttl     = 3600
  records = ["10 feedback-smtp.${data.aws_region.current.region}.amazonses.com"]
}

resource "aws_sns_topic" "refused" {
  name              = "gospelib-mail-refused"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_subscription" "refused" {
  topic_arn = aws_sns_topic.refused.arn
  protocol  = "email"
  endpoint  = var.reports_to
}

resource "aws_sesv2_configuration_set_event_destination" "refused" {
  configuration_set_name = aws_sesv2_configuration_set.this.configuration_set_name
  event_destination_name = "refused"
  event_destination {
    enabled              = true
    matching_event_types = ["BOUNCE", "COMPLAINT", "REJECT"]
    sns_destination {
      topic_arn = aws_sns_topic.refused.arn
    }
  }
}
