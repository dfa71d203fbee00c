# The load balancer is made here and not by the cluster: so its group is ours, and CloudFront's origin is known before
# there is a cluster. It leads to the port that the gateway's controller has on every node.
locals {
  node_port = 30443
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-load-balancer"
  description = "In from CloudFront alone"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-load-balancer" }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.load_balancer.id
  description       = "HTTPS from CloudFront"
  prefix_list_id    = var.ingress_prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "to_nodes" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "To the nodes"
  referenced_security_group_id = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.node_port
  to_port                      = local.node_port
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  description                  = "From the load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = local.node_port
  to_port                      = local.node_port
}

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_91:It passes TLS on unread; the gateway logs each request.
  #checkov:skip=CKV2_AWS_28:WAF stands before CloudFront; a network load balancer takes none.
  name                             = var.name
  load_balancer_type               = "network"
  subnets                          = var.public_subnet_ids
  security_groups                  = [aws_security_group.load_balancer.id]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "this" {
  name        = var.name
  vpc_id      = var.vpc_id
  port        = local.node_port
  protocol    = "TCP"
  target_type = "instance"

  health_check {
    protocol = "TCP"
    port     = local.node_port
  }
}

resource "aws_lb_listener" "https" {
  #checkov:skip=CKV2_AWS_20:It listens on 443 alone.
  #checkov:skip=CKV_AWS_2:TLS ends at the gateway's controller, with the certificate of the cluster.
  #checkov:skip=CKV_AWS_103:TLS ends at the gateway's controller, with the certificate of the cluster.
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_autoscaling_attachment" "nodes" {
  #checkov:skip=CKV2_AWS_15:The group is EKS' own; it replaces a node that the cluster finds unhealthy.
  autoscaling_group_name = aws_eks_node_group.this.resources[0].autoscaling_groups[0].name
  lb_target_group_arn    = aws_lb_target_group.this.arn
}
