output "host" {
  description = "Where services connect, on port 5432, TLS only."
  value       = aws_db_instance.this.address
}

output "arn" {
  description = "What is backed up."
  value       = aws_db_instance.this.arn
}

output "security_group_id" {
  description = "The group of the database."
  value       = aws_security_group.this.id
}
