# One NAT gateway, not one a zone: when its zone is away, nodes of the others cannot pull images; what runs goes on serving.
resource "aws_eip" "nat" {
  #checkov:skip=CKV2_AWS_19:It belongs to the NAT gateway, not to an instance.
  count  = var.private_nodes ? 1 : 0
  domain = "vpc"
  tags   = { Name = "${var.name}-nat" }
}

resource "aws_nat_gateway" "this" {
  count         = var.private_nodes ? 1 : 0
  allocation_id = aws_eip.nat[0].id
  subnet_id     = aws_subnet.public[var.zones[0]].id
  tags          = { Name = var.name }
  depends_on    = [aws_internet_gateway.this]
}

resource "aws_route_table" "nodes" {
  count  = var.private_nodes ? 1 : 0
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${var.name}-nodes" }
}

resource "aws_route" "nat" {
  count                  = var.private_nodes ? 1 : 0
  route_table_id         = aws_route_table.nodes[0].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[0].id
}

resource "aws_route_table_association" "nodes" {
  for_each       = aws_subnet.nodes
  subnet_id      = each.value.id
  route_table_id = aws_route_table.nodes[0].id
}
