variable "name" {
  description = "As in gospelib-staging."
  type        = string
}

variable "hosts" {
  description = "Names that readers use."
  type        = list(string)
  validation {
    condition     = length(var.hosts) > 0
    error_message = "At least one host."
  }
}

variable "origin_host" {
  description = "Where the gateway is; its certificate bears the name that the reader asked for."
  type        = string
}

variable "certificate_arn" {
  description = "A certificate of us-east-1 for all hosts."
  type        = string
}

variable "rate_limit" {
  description = "Requests of one address in five minutes beyond which WAF refuses; null: no WAF, which costs by the month."
  type        = number
  default     = null
}

variable "log_kms_key_arn" {
  description = "Encrypts WAF's log."
  type        = string
}
