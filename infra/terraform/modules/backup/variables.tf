variable "name" {
  description = "What carries this in its tag Backup is backed up, as in gospelib-staging."
  type        = string
}

variable "kms_key_arn" {
  description = "Encrypts the vault."
  type        = string
}

variable "keep_days" {
  description = "For how many days a backup is kept."
  type        = number
  validation {
    condition     = var.keep_days >= 7
    error_message = "A week or more: a fault may be found on the next Monday only."
  }
}

variable "point_in_time" {
  description = "Whether databases can be restored to any second of that time, from the vault too."
  type        = bool
}
