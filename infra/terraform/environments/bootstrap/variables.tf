variable "account_id" {
  description = "The one AWS account that this is applied to; another one is refused."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Twelve digits."
  }
}

variable "region" {
  description = "Certificates of CloudFront are of us-east-1 alone, so everything is."
  type        = string
  validation {
    condition     = var.region == "us-east-1"
    error_message = "us-east-1: CloudFront takes certificates of that region alone."
  }
}

variable "domain" {
  description = "The domain that everything is below."
  type        = string
  default     = "gospelib.com"
}

variable "reports_to" {
  description = "Who is told of cost, bounced mail and forged mail."
  type        = string
  default     = "operations@gospelib.com"
}

variable "emulated" {
  description = "Whether it is an emulator of AWS, for tests."
  type        = bool
  default     = false
}

variable "repository" {
  description = "At GitHub."
  type        = object({ name = string, owner_id = number, id = number })
}

variable "images" {
  description = "Images that are pushed; a test compares them with `./gl images list`."
  type        = set(string)
  default     = ["accounts", "auditor", "content", "falkordb", "gateway", "ingest", "ops", "reader", "study"]
}
