resource "aws_iam_role" "node" {
  name = "${var.name}-node"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset([
    "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
  ])
  role       = aws_iam_role.node.name
  policy_arn = each.value
}

resource "aws_iam_instance_profile" "node" {
  name = "${var.name}-node"
  role = aws_iam_role.node.name
}

# Pods of k3s have no identity: they share this user's key, which a person makes (`aws iam create-access-key`) and
# `./gl cluster bootstrap` writes into the cluster. Made by Terraform, it would stand in the state.
resource "aws_iam_user" "pods" {
  #checkov:skip=CKV_AWS_273:A program of the cluster, not a person.
  name = "${var.name}-pods"
}

resource "aws_iam_group" "pods" {
  name = "${var.name}-pods"
}

resource "aws_iam_user_group_membership" "pods" {
  user   = aws_iam_user.pods.name
  groups = [aws_iam_group.pods.name]
}

resource "aws_iam_group_policy" "pods" {
  name  = "pods"
  group = aws_iam_group.pods.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
        Resource = "arn:aws:secretsmanager:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:secret:gospelib/${var.environment}/*"
      },
      {
        Sid      = "WriteBackups"
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket"]
        Resource = [var.backups_bucket_arn, "${var.backups_bucket_arn}/*"]
      },
      {
        Sid      = "UseKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
      },
      {
        Sid      = "WriteNames"
        Effect   = "Allow"
        Action   = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"]
        Resource = var.zone_arn
      },
      {
        Sid      = "FindZone"
        Effect   = "Allow"
        Action   = ["route53:ListHostedZones", "route53:ListHostedZonesByName"]
        Resource = "*"
      },
      {
        Sid      = "WaitForNames"
        Effect   = "Allow"
        Action   = "route53:GetChange"
        Resource = "arn:aws:route53:::change/*"
      },
    ]
  })
}

data "aws_caller_identity" "current" {}
