output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets with a way out to the internet, one a zone."
  value       = [for zone in var.zones : aws_subnet.public[zone].id]
}

output "node_subnet_ids" {
  description = "Where nodes belong: the private subnets, or the public ones where there are none."
  value       = var.private_nodes ? [for zone in var.zones : aws_subnet.nodes[zone].id] : [for zone in var.zones : aws_subnet.public[zone].id]
}

output "data_subnet_ids" {
  description = "Subnets of the stores: no way to the internet and back."
  value       = [for zone in var.zones : aws_subnet.data[zone].id]
}
