variable "name" {
  description = "The bucket's name, unique in the world."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{2,62}$", var.name))
    error_message = "3 to 63 lower case letters, digits and hyphens: a dot breaks TLS."
  }
}

variable "kms_key_arn" {
  description = "Encrypts every object."
  type        = string
}

variable "locked_days" {
  description = "For how many days no object can be deleted or overwritten for good, by nobody who may only write; null: no lock."
  type        = number
  default     = null
}

variable "old_versions_days" {
  description = "After how many days a version that was replaced or deleted goes."
  type        = number
  default     = 90
}

variable "destroy_with_content" {
  description = "Whether `destroy` takes a bucket that is not empty. Never for what has to outlive an environment."
  type        = bool
  default     = false
}
