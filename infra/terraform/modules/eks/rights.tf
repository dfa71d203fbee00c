data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

resource "aws_iam_role" "cluster" {
  name = "${var.name}-cluster"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { Service = "eks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

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
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  ])
  role       = aws_iam_role.node.name
  policy_arn = each.value
}

locals {
  use_key = {
    Effect   = "Allow"
    Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource = var.kms_key_arn
  }
  write_names = [
    {
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"]
      Resource = var.zone_arn
    },
    {
      Effect   = "Allow"
      Action   = ["route53:ListHostedZones", "route53:ListHostedZonesByName"]
      Resource = "*"
    },
    {
      Effect   = "Allow"
      Action   = ["route53:GetChange"]
      Resource = "arn:aws:route53:::change/*"
    },
  ]
  # Which service account gets which rights, and no others.
  identities = {
    secrets = {
      namespace = "external-secrets", account = "external-secrets"
      statements = [local.use_key, {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
        Resource = "arn:aws:secretsmanager:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:secret:gospelib/${var.environment}/*"
      }]
    }
    backups = {
      namespace = "gospelib-${var.environment}", account = "gospelib-backups"
      statements = [local.use_key, {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket"]
        Resource = [var.backups_bucket_arn, "${var.backups_bucket_arn}/*"]
      }]
    }
    names        = { namespace = "external-dns", account = "external-dns", statements = local.write_names }
    certificates = { namespace = "cert-manager", account = "cert-manager", statements = local.write_names }
  }
}

resource "aws_iam_role" "pod" {
  for_each           = merge(local.identities, { volumes = null })
  name               = "${var.name}-${each.key}"
  assume_role_policy = local.for_pods
}

locals {
  for_pods = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { Service = "pods.eks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "pod" {
  for_each = local.identities
  name     = "pod"
  role     = aws_iam_role.pod[each.key].id
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

resource "aws_iam_role_policy_attachment" "volumes" {
  role       = aws_iam_role.pod["volumes"].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

resource "aws_eks_pod_identity_association" "this" {
  for_each = merge(
    { for name, identity in local.identities : name => { namespace = identity.namespace, account = identity.account } },
    { volumes = { namespace = "kube-system", account = "ebs-csi-controller-sa" } },
  )
  cluster_name    = aws_eks_cluster.this.name
  namespace       = each.value.namespace
  service_account = each.value.account
  role_arn        = aws_iam_role.pod[each.key].arn
}
