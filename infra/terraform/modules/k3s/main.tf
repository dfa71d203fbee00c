data "aws_subnet" "this" {
  id = var.subnet_id
}

resource "aws_security_group" "node" {
  name        = "${var.name}-node"
  description = "The node of k3s: in from CloudFront alone"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-node" }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.node.id
  description       = "HTTPS from CloudFront"
  prefix_list_id    = var.ingress_prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# No SSH: Session Manager opens a shell, which is logged and needs no port.
resource "aws_vpc_security_group_egress_rule" "all" {
  #checkov:skip=CKV_AWS_382:Images, packages, AWS and Let's Encrypt have no fixed addresses; pods are held by network policies.
  security_group_id = aws_security_group.node.id
  description       = "Out"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_instance" "node" {
  #checkov:skip=CKV_AWS_126:Detailed monitoring costs; the cluster measures itself.
  #checkov:skip=CKV_AWS_88:It has the fixed public address below instead of a NAT gateway; only CloudFront gets in.
  ami                    = var.ami_id
  instance_type          = var.instance_type
  subnet_id              = var.subnet_id
  vpc_security_group_ids = [aws_security_group.node.id]
  iam_instance_profile   = aws_iam_instance_profile.node.name
  ebs_optimized          = true

  user_data_replace_on_change = true
  user_data = templatefile("${path.module}/node.sh.tftpl", {
    k3s_version                 = var.k3s_version
    credential_provider_version = var.credential_provider_version
    volume_id                   = replace(aws_ebs_volume.data.id, "-", "")
    region                      = data.aws_region.current.region
  })

  # One hop: the node itself gets its rights, pods do not.
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.root_gib
    encrypted   = true
    kms_key_id  = var.kms_key_arn
  }

  # A newer image replaces the node on purpose only: `./gl infra apply --replace`.
  lifecycle {
    ignore_changes = [ami]
  }

  tags = { Name = var.name }
}

data "aws_region" "current" {}

# Outlives the instance: a node made anew mounts it and finds graph and cluster as they were.
resource "aws_ebs_volume" "data" {
  #checkov:skip=CKV2_AWS_9:Chosen by its tag Backup, which checkov does not follow; a rule of ours does (packages/cloud/src/rules).
  availability_zone = data.aws_subnet.this.availability_zone
  type              = "gp3"
  size              = var.data_gib
  encrypted         = true
  kms_key_id        = var.kms_key_arn
  tags              = { Name = "${var.name}-data", Backup = var.name }
}

resource "aws_volume_attachment" "data" {
  device_name                    = "/dev/sdf"
  volume_id                      = aws_ebs_volume.data.id
  instance_id                    = aws_instance.node.id
  stop_instance_before_detaching = true
}

resource "aws_eip" "node" {
  domain = "vpc"
  tags   = { Name = var.name }
}

resource "aws_eip_association" "node" {
  allocation_id = aws_eip.node.id
  instance_id   = aws_instance.node.id
}
