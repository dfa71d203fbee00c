output "smtp_host" {
  description = "Where accounts sends mail, on port 587. Its user and password are made by hand: they would stand in the state."
  value       = "email-smtp.${data.aws_region.current.region}.amazonaws.com"
}
