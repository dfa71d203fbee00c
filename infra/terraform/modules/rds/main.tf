resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  name        = "${var.name}-postgresql"
  description = "PostgreSQL, from the nodes alone"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-postgresql" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each                     = var.client_security_group_ids
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = each.value
  description                  = "From ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_parameter_group" "this" {
  name   = "${var.name}-postgres${var.engine_version}"
  family = "postgres${var.engine_version}"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # Which statement waited, not what it held: rows are what people wrote.
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  parameter {
    name  = "log_parameter_max_length"
    value = "0"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  #checkov:skip=CKV_AWS_157:A second zone is variable multi_az; staging does without.
  #checkov:skip=CKV_AWS_293:Deletion protection is variable production; staging is destroyed and recreated as a drill.
  #checkov:skip=CKV_AWS_118:Enhanced monitoring costs by the metric; the node exporter of the engine's own insights serves.
  #checkov:skip=CKV_AWS_353:db.t3.micro has no performance insights; production has them.
  #checkov:skip=CKV_AWS_161:Services sign in by a password of their own role, which External Secrets carries; tokens live 15 minutes.
  #checkov:skip=CKV2_AWS_30:Statements are logged by duration: every statement would hold what people wrote.
  #checkov:skip=CKV2_AWS_69:rds.force_ssl is set in the parameter group above.
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class

  db_name             = "gospelib"
  username            = "gospelib"
  password_wo         = var.owner_password
  password_wo_version = var.password_version

  allocated_storage     = var.storage_gib
  max_allocated_storage = var.storage_gib * 4
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  parameter_group_name   = aws_db_parameter_group.this.name
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  publicly_accessible    = false
  multi_az               = var.multi_az

  backup_retention_period         = var.backup_days
  backup_window                   = "03:00-04:00"
  maintenance_window              = "sun:05:00-sun:06:00"
  copy_tags_to_snapshot           = true
  auto_minor_version_upgrade      = true
  delete_automated_backups        = !var.production
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]

  performance_insights_enabled    = var.production
  performance_insights_kms_key_id = var.production ? var.kms_key_arn : null

  deletion_protection       = var.production
  skip_final_snapshot       = !var.production
  final_snapshot_identifier = var.production ? "${var.name}-last" : null

  tags = { Backup = var.name }
}
