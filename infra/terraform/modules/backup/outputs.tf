output "vault_name" {
  description = "For `aws backup list-recovery-points-by-backup-vault`."
  value       = aws_backup_vault.this.name
}
