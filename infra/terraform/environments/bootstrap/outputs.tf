output "name_servers" {
  description = "What the registrar of the domain has to name."
  value       = aws_route53_zone.this.name_servers
}

output "registry" {
  description = "Address of each image's repository."
  value       = module.registry.repository_urls
}

output "roles" {
  description = "What workflows assume."
  value       = module.github.role_arns
}

output "smtp_host" {
  description = "Host of the mail server, for SMTP_URL."
  value       = module.mail.smtp_host
}
