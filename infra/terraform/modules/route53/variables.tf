variable "zone_id" {
  description = "The zone, which bootstrap makes."
  type        = string
}

variable "hosts" {
  description = "Names of the certificate; the first one is its subject."
  type        = list(string)
  validation {
    condition     = length(var.hosts) > 0 && length(distinct(var.hosts)) == length(var.hosts)
    error_message = "At least one host, each once."
  }
}

variable "aliases" {
  description = "Host → what it leads to: name and zone of a distribution or a load balancer."
  type        = map(object({ name = string, zone_id = string }))
  default     = {}
}

variable "addresses" {
  description = "Host → IPv4 address."
  type        = map(string)
  default     = {}
}
