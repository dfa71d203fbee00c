output "name" {
  description = "The cluster's name."
  value       = aws_eks_cluster.this.name
}

output "security_group_id" {
  description = "The group of nodes and pods: whom the stores let in."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "load_balancer" {
  description = "Name and zone of the load balancer: CloudFront's origin."
  value       = { name = aws_lb.this.dns_name, zone_id = aws_lb.this.zone_id }
}
