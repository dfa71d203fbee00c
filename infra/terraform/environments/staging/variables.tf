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

variable "zones" {
  description = "Availability zones."
  type        = list(string)
  default     = ["us-east-1a", "us-east-1b"]
}

variable "cloudfront_prefix_list_id" {
  description = "The list of addresses of CloudFront; null: looked up by its name."
  type        = string
  default     = null
}

variable "stores_ca" {
  description = "Certificates of the authorities that signed those of RDS and ElastiCache: public, from truststore.pki.rds.amazonaws.com and amazontrust.com."
  type        = string
}

variable "password_versions" {
  description = "One more for a name rotates that password: owner, redis, graph, accounts, study, internal."
  type        = map(number)
  default     = {}
}

variable "handed_over_version" {
  description = "One more writes again what is handed over below."
  type        = number
  default     = 1
}

variable "smtp_url" {
  description = "The mail server with user and password. Handed over: made by a person."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "auth_secrets" {
  description = "`1:<64 letters and digits>`, the one that signs first, older ones behind a comma. Handed over, and kept in escrow: keys in the database are sealed with it."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "telemetry" {
  description = "Where signals go, as docs/operations/observability.md names the properties; `{}`: nowhere. Handed over: it holds a token."
  type        = map(string)
  ephemeral   = true
  sensitive   = true
}

variable "backup_signing_keys" {
  description = "Keys that sign backups, newest first. Handed over, and kept in escrow: without them no backup counts."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "backup_age_identities" {
  description = "Keys that open backups. Handed over, and kept in escrow."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "ami_id" {
  description = "Ubuntu 24.04; null: Canonical's newest."
  type        = string
  default     = null
}

variable "data_destroyed_at_once" {
  description = "Deletes secrets and backups with the environment, with no days to think again: for rehearsals."
  type        = bool
  default     = false
}
