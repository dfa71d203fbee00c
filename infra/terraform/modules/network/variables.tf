variable "name" {
  description = "Prefix of every name, as in gospelib-staging."
  type        = string
}

variable "cidr" {
  description = "Addresses of the network: a /16. The overlay's network policies name the same (infra/k8s/overlays)."
  type        = string
  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "A /16, as in 10.0.0.0/16."
  }
}

variable "zones" {
  description = "Availability zones; RDS and EKS need two or more."
  type        = list(string)
  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4
    error_message = "Two to four zones."
  }
}

variable "private_nodes" {
  description = "Whether nodes are in private subnets behind a NAT gateway, which costs by the hour. Otherwise they have public addresses."
  type        = bool
}

variable "kms_key_arn" {
  description = "Encrypts the log of refused connections."
  type        = string
}

variable "log_days" {
  description = "For how many days refused connections are kept."
  type        = number
  default     = 365
}
