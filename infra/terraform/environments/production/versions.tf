terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.47"
    }
  }

  # Versioned, encrypted by the bucket, and locked beside the state: S3 takes one of two that write at once.
  backend "s3" {
    bucket       = "gospelib-terraform-state"
    key          = "production/terraform.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = var.emulated ? null : [var.account_id]

  # Emulators answer at the address in AWS_ENDPOINT_URL; what they lack they refuse, and trying again does not help.
  skip_credentials_validation = var.emulated
  skip_requesting_account_id  = var.emulated
  skip_region_validation      = var.emulated
  skip_metadata_api_check     = var.emulated
  s3_use_path_style           = var.emulated
  max_retries                 = var.emulated ? 2 : 25

  default_tags {
    tags = {
      Project     = "gospelib"
      Environment = "production"
      ManagedBy   = "terraform"
    }
  }
}
