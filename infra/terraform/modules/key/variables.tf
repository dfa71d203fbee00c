variable "name" {
  description = "What the key encrypts, as in gospelib-staging; its alias."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens."
  }
}

variable "services" {
  description = "AWS services that may use the key on behalf of the account, as in logs.us-east-1.amazonaws.com."
  type        = list(string)
  default     = []
}

variable "recovery_days" {
  description = "For how many days a deletion can be undone. What a key encrypted is lost with it."
  type        = number
  default     = 30
  validation {
    condition     = var.recovery_days >= 7 && var.recovery_days <= 30
    error_message = "AWS allows 7 to 30 days."
  }
}
