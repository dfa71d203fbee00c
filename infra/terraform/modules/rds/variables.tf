variable "name" {
  description = "The instance's name, as in gospelib-staging."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets without a way to the internet, in two zones or more."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Who may connect, by a short name."
  type        = map(string)
}

variable "engine_version" {
  description = "The major version; minor ones are taken in the maintenance window."
  type        = string
  default     = "16"
  validation {
    condition     = can(regex("^[0-9]+$", var.engine_version))
    error_message = "A major version, as in 16."
  }
}

variable "instance_class" {
  description = "As in db.t3.micro."
  type        = string
  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "Classes of databases begin with db."
  }
}

variable "storage_gib" {
  description = "Storage at first; it grows by itself to four times that."
  type        = number
  default     = 20
}

variable "multi_az" {
  description = "Whether a second instance stands by in another zone: twice the price."
  type        = bool
}

variable "production" {
  description = "Refuses deletion, and leaves a snapshot behind where it is deleted after all."
  type        = bool
}

variable "backup_days" {
  description = "To any second of how many days the database can be restored."
  type        = number
  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "1 to 35 days: 0 would switch backups off."
  }
}

variable "kms_key_arn" {
  description = "Encrypts storage, backups and insights."
  type        = string
}

variable "owner_password" {
  description = "The owner's password; written to the engine, never to the state."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "password_version" {
  description = "One more writes the password anew."
  type        = number
  default     = 1
}
