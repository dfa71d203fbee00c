resource "aws_acm_certificate" "this" {
  domain_name               = var.hosts[0]
  subject_alternative_names = slice(var.hosts, 1, length(var.hosts))
  validation_method         = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

# By host and not by what AWS answers: keys of a for_each have to be known in the plan.
resource "aws_route53_record" "proof" {
  for_each        = toset(var.hosts)
  zone_id         = var.zone_id
  name            = local.proofs[each.value].resource_record_name
  type            = local.proofs[each.value].resource_record_type
  records         = [local.proofs[each.value].resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

locals {
  proofs = { for option in aws_acm_certificate.this.domain_validation_options : option.domain_name => option }
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
}

resource "aws_route53_record" "alias" {
  for_each = { for pair in setproduct(keys(var.aliases), ["A", "AAAA"]) : "${pair[0]}/${pair[1]}" => { host = pair[0], type = pair[1] } }
  zone_id  = var.zone_id
  name     = each.value.host
  type     = each.value.type
  alias {
    name                   = var.aliases[each.value.host].name
    zone_id                = var.aliases[each.value.host].zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "address" {
  #checkov:skip=CKV2_AWS_23:The address is that of the node, made in another module.
  for_each = var.addresses
  zone_id  = var.zone_id
  name     = each.key
  type     = "A"
  ttl      = 60
  records  = [each.value]
}
