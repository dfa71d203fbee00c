output "domain_name" {
  description = "What the hosts' records lead to."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "zone_id" {
  description = "The zone of such names, for alias records."
  value       = aws_cloudfront_distribution.this.hosted_zone_id
}

output "id" {
  description = "For `aws cloudfront create-invalidation`."
  value       = aws_cloudfront_distribution.this.id
}
