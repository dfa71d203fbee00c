variable "repository" {
  description = "owner/name."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "As in gospelib/gospelib."
  }
}

variable "owner_id" {
  description = "The owner's number at GitHub: a name can be taken by somebody else, a number cannot."
  type        = number
}

variable "repository_id" {
  description = "The repository's number at GitHub."
  type        = number
}

variable "roles" {
  description = "Role → what `sub` says after the repository (ref:refs/heads/stage, environment:production), and the policies it gets."
  type = map(object({
    subjects = list(string)
    policy   = string
    managed  = optional(list(string), [])
  }))
  validation {
    condition     = alltrue([for role in values(var.roles) : alltrue([for subject in role.subjects : !strcontains(subject, "*")])])
    error_message = "Each subject in full: a star lets in what nobody thought of."
  }
}
