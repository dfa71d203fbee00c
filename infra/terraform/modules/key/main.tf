data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
}

# One key an environment: every key costs by the month, and whoever may read one of its stores is told by that store's own policy.
resource "aws_kms_key" "this" {
  description             = "Encrypts what ${var.name} stores"
  enable_key_rotation     = true
  deletion_window_in_days = var.recovery_days
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}

data "aws_iam_policy_document" "key" {
  #checkov:skip=CKV_AWS_109:A key policy names its own key alone: resource "*" is this key.
  #checkov:skip=CKV_AWS_111:A key policy names its own key alone: resource "*" is this key.
  #checkov:skip=CKV_AWS_356:A key policy names its own key alone: resource "*" is this key.
  statement {
    sid       = "AccountByItsPolicies"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [local.account]
    }
  }

  dynamic "statement" {
    for_each = length(var.services) == 0 ? [] : [var.services]
    content {
      sid       = "ServicesForThisAccount"
      actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
      resources = ["*"]
      principals {
        type        = "Service"
        identifiers = statement.value
      }
      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [data.aws_caller_identity.current.account_id]
      }
    }
  }
}
