variable "images" {
  description = "Names of images, as `./gl images list` has them; a repository is gospelib-<image>."
  type        = set(string)
  validation {
    condition     = length(var.images) > 0
    error_message = "At least one image."
  }
}

variable "kms_key_arn" {
  description = "Encrypts the layers."
  type        = string
}
