variable "name" {
  description = "The cluster's name, as in gospelib-production."
  type        = string
}

variable "environment" {
  description = "Below which name the secrets are: gospelib/<environment>/."
  type        = string
}

variable "kubernetes_version" {
  description = "1.34 leaves standard support on 2026-12-02 and costs six times as much from then on."
  type        = string
  default     = "1.35"
  validation {
    condition     = can(regex("^1\\.(3[5-9]|[4-9][0-9])$", var.kubernetes_version))
    error_message = "1.35 or newer: older versions are in extended support."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in two zones or more."
  type        = list(string)
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer."
  type        = list(string)
}

variable "ingress_prefix_list_id" {
  description = "The only addresses that reach the load balancer, on port 443: CloudFront's."
  type        = string
}

variable "api_cidrs" {
  description = "Who reaches the API server by its public address, with credentials; none: by the network alone."
  type        = list(string)
  validation {
    condition     = !contains(var.api_cidrs, "0.0.0.0/0")
    error_message = "Not the whole world."
  }
}

variable "admin_role_arns" {
  description = "IAM roles that administer the cluster, by a short name."
  type        = map(string)
}

variable "node_type" {
  description = "Type of the nodes."
  type        = string
  default     = "t3.medium"
}

variable "nodes" {
  description = "How many nodes at least; a third more at most, for roll-outs of the nodes themselves."
  type        = number
  default     = 2
}

variable "addon_versions" {
  description = "Version of each EKS add-on, pinned."
  type        = map(string)
}

variable "kms_key_arn" {
  description = "Encrypts secrets of the cluster, its log and its volumes."
  type        = string
}

variable "backups_bucket_arn" {
  description = "Where backups are written."
  type        = string
}

variable "zone_arn" {
  description = "The Route 53 zone, where certificates are proven."
  type        = string
}
