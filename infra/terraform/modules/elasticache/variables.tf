variable "name" {
  description = "The replication group's name, as in gospelib-staging."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets without a way to the internet."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Who may connect, by a short name."
  type        = map(string)
}

variable "node_type" {
  description = "As in cache.t3.micro."
  type        = string
  validation {
    condition     = startswith(var.node_type, "cache.")
    error_message = "Types of caches begin with cache."
  }
}

variable "nodes" {
  description = "1, or 2 and more with automatic failover. What it holds may vanish; without it limits are kept by each gateway by itself."
  type        = number
  default     = 1
}

variable "kms_key_arn" {
  description = "Encrypts what is on disk."
  type        = string
}

variable "password" {
  description = "Of the user gospelib; written to the engine, never to the state."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "password_version" {
  description = "One more writes the password anew."
  type        = number
  default     = 1
}
