output "address" {
  description = "The node's fixed address: CloudFront's origin."
  value       = aws_eip.node.public_ip
}

output "security_group_id" {
  description = "Whom the stores let in."
  value       = aws_security_group.node.id
}

output "instance_id" {
  description = "For `aws ssm start-session --target`."
  value       = aws_instance.node.id
}
