output "host" {
  description = "Where services connect, on port 6379, TLS only, as user gospelib."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "security_group_id" {
  description = "The group of the cache."
  value       = aws_security_group.this.id
}
