# Names and properties are those of infra/k8s/components/external-secrets.
module "secrets" {
  source      = "../../modules/secrets"
  prefix      = "gospelib/staging/"
  kms_key_arn = module.key.arn
  versions    = var.password_versions
  generated = {
    owner    = 48
    accounts = 48
    study    = 48
    graph    = 48
    redis    = 48
    internal = 64
  }
  recovery_days = var.data_destroyed_at_once ? 0 : 30

  composed_names   = ["accounts", "backups", "graph", "postgresql", "redis", "stores", "telemetry"]
  composed_version = parseint(substr(sha256(jsonencode(local.composed_from)), 0, 7), 16)
  composed = {
    accounts = {
      auth-secrets    = var.auth_secrets
      internal-secret = module.secrets.generated["internal"]
      smtp-url        = var.smtp_url
    }
    backups = {
      signing-keys   = var.backup_signing_keys
      age-identities = var.backup_age_identities
    }
    graph = { password = module.secrets.generated["graph"] }
    postgresql = {
      host              = module.database.host
      owner-password    = module.secrets.generated["owner"]
      accounts-password = module.secrets.generated["accounts"]
      study-password    = module.secrets.generated["study"]
    }
    redis  = { url = "rediss://gospelib:${module.secrets.generated["redis"]}@${module.cache.host}:6379" }
    stores = { ca = var.stores_ca }
    telemetry = merge(var.telemetry, {
      REDIS_ADDRESS  = "rediss://${module.cache.host}:6379"
      REDIS_USER     = "gospelib"
      REDIS_PASSWORD = module.secrets.generated["redis"]
    })
  }
}

# When one of these changes, what is put together from it is written again.
locals {
  composed_from = {
    database    = module.database.host
    cache       = module.cache.host
    ca          = var.stores_ca
    passwords   = var.password_versions
    handed_over = var.handed_over_version
  }
}
