output "hosts" {
  description = "Where readers go."
  value       = local.hosts
}

output "origin" {
  description = "What CloudFront asks."
  value       = local.origin_host
}

output "database_host" {
  description = "PostgreSQL, from inside the network."
  value       = module.database.host
}

output "cache_host" {
  description = "Redis, from inside the network."
  value       = module.cache.host
}

output "backups" {
  description = "The bucket of backups."
  value       = module.backups_bucket.name
}

output "distribution_id" {
  description = "For `aws cloudfront create-invalidation`."
  value       = module.edge.id
}
