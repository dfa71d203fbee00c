# Values pass through: `ephemeral` ones are never written to a plan or the state, `_wo` arguments never read back.
ephemeral "aws_secretsmanager_random_password" "new" {
  for_each            = var.generated
  password_length     = each.value
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "generated" {
  #checkov:skip=CKV2_AWS_57:Rotated by `versions`: secret and engine take the new value in one apply. A function that rotates would be a second program with the right to do both.
  for_each                = var.generated
  name                    = "${var.prefix}generated/${each.key}"
  description             = "Made by Terraform; written to the engine and into the secrets that services read"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "generated" {
  for_each                 = var.generated
  secret_id                = aws_secretsmanager_secret.generated[each.key].id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.new[each.key].random_password
  secret_string_wo_version = lookup(var.versions, each.key, 1)
}

# Read back rather than passed on: an apply that was interrupted between secret and engine comes to the same value again.
ephemeral "aws_secretsmanager_secret_version" "generated" {
  for_each  = var.generated
  secret_id = aws_secretsmanager_secret_version.generated[each.key].secret_id
}

resource "aws_secretsmanager_secret" "composed" {
  #checkov:skip=CKV2_AWS_57:Written again when what it is put together from changes; rotated with the passwords in it.
  for_each                = var.composed_names
  name                    = "${var.prefix}${each.value}"
  description             = "What pods read, by External Secrets"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "composed" {
  for_each                 = var.composed_names
  secret_id                = aws_secretsmanager_secret.composed[each.value].id
  secret_string_wo         = jsonencode(var.composed[each.value])
  secret_string_wo_version = var.composed_version
}
