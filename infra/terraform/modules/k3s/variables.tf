variable "name" {
  description = "The node's name, as in gospelib-staging."
  type        = string
}

variable "environment" {
  description = "Below which name the secrets are: gospelib/<environment>/."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_id" {
  description = "A public subnet; its zone is the node's and its volume's."
  type        = string
}

variable "instance_type" {
  description = "Two processors and 4 GiB are proven to hold staging (decision 0058)."
  type        = string
  default     = "t3.medium"
}

variable "ami_id" {
  description = "Ubuntu 24.04 for amd64."
  type        = string
}

variable "k3s_version" {
  description = "As in v1.35.4+k3s1."
  type        = string
  validation {
    condition     = can(regex("^v1\\.[0-9]+\\.[0-9]+\\+k3s[0-9]+$", var.k3s_version))
    error_message = "A release of k3s in full, as in v1.35.4+k3s1."
  }
}

variable "credential_provider_version" {
  description = "Release of ecr-credential-provider, which the kubelet asks for passwords of ECR."
  type        = string
  default     = "v1.35.0"
}

variable "ingress_prefix_list_id" {
  description = "The only addresses that reach the node, on port 443: CloudFront's."
  type        = string
}

variable "kms_key_arn" {
  description = "Encrypts both volumes."
  type        = string
}

variable "root_gib" {
  description = "Size of the volume with system and images."
  type        = number
  default     = 20
}

variable "data_gib" {
  description = "Size of the volume with the graph and the cluster's state."
  type        = number
  default     = 10
}

variable "backups_bucket_arn" {
  description = "Where backups are written."
  type        = string
}

variable "zone_arn" {
  description = "The Route 53 zone, where certificates are proven."
  type        = string
}
