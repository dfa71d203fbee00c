locals {
  issuer         = "token.actions.githubusercontent.com"
  owner          = split("/", var.repository)[0]
  name           = split("/", var.repository)[1]
  with_ids       = "${local.owner}@${var.owner_id}/${local.name}@${var.repository_id}"
  repository_ids = [tostring(var.repository_id)]
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

# GitHub writes `sub` with names, or where an owner chose so with the numbers behind them; both forms are the same
# repository only while the number in `repository_id` is ours.
data "aws_iam_policy_document" "trust" {
  for_each = var.roles
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = flatten([for subject in each.value.subjects : ["repo:${var.repository}:${subject}", "repo:${local.with_ids}:${subject}"]])
    }
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:repository_id"
      values   = local.repository_ids
    }
  }
}

resource "aws_iam_role" "this" {
  for_each             = var.roles
  name                 = "gospelib-github-${each.key}"
  description          = "What workflows of ${var.repository} do: ${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "this" {
  for_each = var.roles
  name     = each.key
  role     = aws_iam_role.this[each.key].id
  policy   = each.value.policy
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each   = merge([for role, entry in var.roles : { for arn in entry.managed : "${role} ${arn}" => { role = role, arn = arn } }]...)
  role       = aws_iam_role.this[each.value.role].name
  policy_arn = each.value.arn
}
