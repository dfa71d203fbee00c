output "generated" {
  description = "The passwords that were made, by name."
  value       = { for name, secret in ephemeral.aws_secretsmanager_secret_version.generated : name => secret.secret_string }
  ephemeral   = true
  sensitive   = true
}

output "arns" {
  description = "ARN of each secret that pods read."
  value       = { for name, secret in aws_secretsmanager_secret.composed : name => secret.arn }
}
