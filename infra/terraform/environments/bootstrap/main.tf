# What both environments stand on, and what outlives them: the state, the zone, the registry, who may publish.

module "key" {
  source   = "../../modules/key"
  name     = "gospelib-shared"
  services = ["sns.amazonaws.com", "ses.amazonaws.com"]
}

module "state" {
  source            = "../../modules/s3"
  name              = "gospelib-terraform-state"
  kms_key_arn       = module.key.arn
  old_versions_days = 365
}

resource "aws_route53_zone" "this" {
  #checkov:skip=CKV2_AWS_39:A query log is paid by the gigabyte and answers no question that we have.
  #checkov:skip=CKV2_AWS_38:Not signed: a key that is lost or a record at the registrar that is forgotten takes the whole domain away, and who reads scripture is not whom DNSSEC protects. TLS does.
  name    = var.domain
  comment = "Everything of GospeLib"
}

module "registry" {
  source      = "../../modules/ecr"
  images      = var.images
  kms_key_arn = module.key.arn
}

module "mail" {
  source      = "../../modules/mail"
  domain      = var.domain
  zone_id     = aws_route53_zone.this.zone_id
  reports_to  = var.reports_to
  kms_key_arn = module.key.arn
}

# No workflow applies anything: a person does, from a machine of theirs. Jobs are known by their environment at GitHub.
module "github" {
  source        = "../../modules/github-oidc"
  repository    = var.repository.name
  owner_id      = var.repository.owner_id
  repository_id = var.repository.id
  roles = {
    push = {
      subjects = ["environment:registry"]
      policy   = data.aws_iam_policy_document.push.json
    }
    promote = {
      subjects = ["environment:production"]
      policy   = data.aws_iam_policy_document.promote.json
    }
    drift = {
      subjects = ["ref:refs/heads/main"]
      policy   = data.aws_iam_policy_document.drift.json
      managed  = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
    }
  }
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "push" {
  #checkov:skip=CKV_AWS_356:A token of ECR is for the registry, not for a repository.
  statement {
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
  statement {
    actions = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
    ]
    resources = values(module.registry.repository_arns)
  }
}

# It asks who signed what is promoted, and finds the cluster; what it may do there the cluster says.
data "aws_iam_policy_document" "promote" {
  #checkov:skip=CKV_AWS_356:A token of ECR is for the registry, not for a repository.
  statement {
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
  statement {
    actions   = ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"]
    resources = values(module.registry.repository_arns)
  }
  statement {
    actions   = ["eks:DescribeCluster"]
    resources = ["arn:aws:eks:${var.region}:${var.account_id}:cluster/gospelib-production"]
  }
}

# A plan reads the passwords that Terraform made, to compare nothing with them: ephemeral values are opened in every plan.
data "aws_iam_policy_document" "drift" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:gospelib/*/generated/*"]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:kms:${var.region}:${var.account_id}:key/*"]
    condition {
      test     = "ForAnyValue:StringLike"
      variable = "kms:ResourceAliases"
      values   = ["alias/gospelib-*"]
    }
  }
}
