variable "prefix" {
  description = "As in gospelib/staging/: where External Secrets looks."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*/([a-z0-9-]+/)+$", var.prefix))
    error_message = "Ends with a slash, as in gospelib/staging/."
  }
}

variable "kms_key_arn" {
  description = "Encrypts every secret."
  type        = string
}

variable "generated" {
  description = "Passwords that are made here, by name: how many letters and digits."
  type        = map(number)
  validation {
    condition     = alltrue([for length in values(var.generated) : length >= 32 && length <= 128])
    error_message = "32 to 128 characters."
  }
}

variable "versions" {
  description = "One more for a name makes that password anew; names that are left out are at 1."
  type        = map(number)
  default     = {}
}

variable "composed_names" {
  description = "Secrets that are put together from others and from what is known of stores."
  type        = set(string)
}

variable "composed" {
  description = "Their properties. Never in the state."
  type        = map(map(string))
  ephemeral   = true
}

variable "composed_version" {
  description = "Another number writes them again."
  type        = number
}

variable "recovery_days" {
  description = "For how many days a deleted secret can be had back; 0 deletes at once."
  type        = number
  default     = 30
}

variable "is_ephemeral" {
  description = "Always true: it marks what is handed on as ephemeral, before Terraform can see it."
  type        = bool
  default     = true
  ephemeral   = true
}
