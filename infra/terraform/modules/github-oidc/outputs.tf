output "role_arns" {
  description = "ARN of each role: what workflows assume."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}

output "trust_policies" {
  description = "Who may assume each role, as JSON."
  value       = { for name, document in data.aws_iam_policy_document.trust : name => document.json }
}
