variable "domain" {
  description = "Whose mails are sent, as in gospelib.com."
  type        = string
}

variable "zone_id" {
  description = "The domain's zone."
  type        = string
}

variable "reports_to" {
  description = "Who gets reports of forged mail, and notices of bounces and complaints."
  type        = string
  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.reports_to))
    error_message = "A mail address."
  }
}

variable "kms_key_arn" {
  description = "Encrypts notices of bounces."
  type        = string
}
