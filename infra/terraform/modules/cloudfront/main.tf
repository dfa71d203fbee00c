resource "aws_cloudfront_distribution" "this" {
  #checkov:skip=CKV_AWS_68:WAF is variable rate_limit: production has it, staging does without.
  #checkov:skip=CKV2_AWS_47:The web ACL in waf.tf holds the rule set of known bad inputs.
  #checkov:skip=CKV_AWS_86:The gateway logs each request that is not answered from the cache.
  #checkov:skip=CKV_AWS_305:The gateway serves the page at /.
  #checkov:skip=CKV_AWS_310:There is one origin.
  #checkov:skip=CKV_AWS_374:Readers are everywhere.
  #checkov:skip=CKV2_AWS_32:The gateway sets the security headers; a second list would drift from it (services/gateway/src/security).
  enabled         = true
  is_ipv6_enabled = true
  comment         = var.name
  aliases         = var.hosts
  http_version    = "http2and3"
  price_class     = "PriceClass_100"
  web_acl_id      = var.rate_limit == null ? null : aws_wafv2_web_acl.this[0].arn

  origin {
    origin_id   = "gateway"
    domain_name = var.origin_host
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      # Longer than the gateway keeps a request (120 s) is not to be had without asking AWS; 60 s is.
      origin_read_timeout = 60
      # Shorter than the 65 s after which the gateway closes, so that nothing is sent on a closed connection.
      origin_keepalive_timeout = 60
    }
  }

  # What is kept is what the gateway says may be: private answers carry `no-store` or none, and none means not at all.
  default_cache_behavior {
    target_origin_id         = "gateway"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = local.caching_disabled
    origin_request_policy_id = local.all_viewer
    compress                 = false
  }

  # Files named by their content: they never change.
  ordered_cache_behavior {
    path_pattern             = "/assets/*"
    target_origin_id         = "gateway"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = aws_cloudfront_cache_policy.assets.id
    origin_request_policy_id = local.all_viewer
    compress                 = true
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

# AWS's own policies have the same ids in every account.
locals {
  caching_disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer       = "216adef6-5c7f-47e4-b989-5492eafa07d3"
}

# No cookie, no query, no Authorization is a part of the key, and none of /assets/ needs one.
resource "aws_cloudfront_cache_policy" "assets" {
  name        = "${var.name}-assets"
  comment     = "Files named by their content"
  min_ttl     = 0
  default_ttl = 86400
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true
    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "whitelist"
      headers {
        items = ["Host"]
      }
    }
    query_strings_config {
      query_string_behavior = "none"
    }
  }
}
