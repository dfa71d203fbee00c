# Before a secret is made Terraform does not know that what is read from it is ephemeral; an ephemeral condition says so.
output "generated" {
  description = "The passwords that were made, by name."
  value       = var.is_ephemeral ? { for name, secret in ephemeral.aws_secretsmanager_secret_version.generated : name => secret.secret_string } : null
  ephemeral   = true
  sensitive   = true
}

output "arns" {
  description = "ARN of each secret that pods read."
  value       = { for name, secret in aws_secretsmanager_secret.composed : name => secret.arn }
}
