variable "name" {
  description = "As in gospelib-staging."
  type        = string
}

variable "monthly_usd" {
  description = "What the environment may cost a month, as `./gl cost` computes it, rounded up."
  type        = number
  validation {
    condition     = var.monthly_usd > 0
    error_message = "More than nothing."
  }
}

variable "emails" {
  description = "Who is told."
  type        = list(string)
  validation {
    condition     = length(var.emails) > 0
    error_message = "Somebody has to be told."
  }
}
