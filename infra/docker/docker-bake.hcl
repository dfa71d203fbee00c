# Written from the catalogue by `./gl exec node tools/src/catalogue/catalogue.main.ts`; `./gl images` calls it.
# BUILD_BASE and RUNTIME_BASE name other bases: docs/operations/images.md.

variable "BUILD_BASE" {
  default = "docker-image://docker.io/library/node:24.21.0-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe"
}

variable "RUNTIME_BASE" {
  default = "docker-image://gcr.io/distroless/cc-debian13:nonroot@sha256:54df941ed0d06a1bd95ef5e0ce391fd8d9f94b64782dc9a60062727849ee3f97"
}

variable "REGISTRY" {
  default = "localhost"
}

variable "TAG" {
  default = "dev"
}

group "default" {
  targets = ["content", "accounts", "study", "auditor", "reader", "gateway", "ingest", "ops", "falkordb"]
}

target "image" {
  context    = "."
  dockerfile = "infra/docker/Dockerfile"
  platforms  = ["linux/amd64"]
  contexts   = { build-base = BUILD_BASE, runtime-base = RUNTIME_BASE }
  labels = {
    "org.opencontainers.image.vendor"   = "GospeLib"
    "org.opencontainers.image.licenses" = "MIT"
  }
}

variable "CONTENT_REVISION" {
  default = "unknown"
}

target "content" {
  inherits = ["image"]
  target   = "service"
  tags     = ["${REGISTRY}/gospelib-content:${TAG}"]
  args     = { NAME = "content", PORT = "8100", REVISION = CONTENT_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-content"
    "org.opencontainers.image.description" = "the API over the graph"
    "org.opencontainers.image.revision"    = CONTENT_REVISION
  }
}

variable "ACCOUNTS_REVISION" {
  default = "unknown"
}

target "accounts" {
  inherits = ["image"]
  target   = "service"
  tags     = ["${REGISTRY}/gospelib-accounts:${TAG}"]
  args     = { NAME = "accounts", PORT = "8200", REVISION = ACCOUNTS_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-accounts"
    "org.opencontainers.image.description" = "who reads"
    "org.opencontainers.image.revision"    = ACCOUNTS_REVISION
  }
}

variable "STUDY_REVISION" {
  default = "unknown"
}

target "study" {
  inherits = ["image"]
  target   = "service"
  tags     = ["${REGISTRY}/gospelib-study:${TAG}"]
  args     = { NAME = "study", PORT = "8300", REVISION = STUDY_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-study"
    "org.opencontainers.image.description" = "what readers make"
    "org.opencontainers.image.revision"    = STUDY_REVISION
  }
}

variable "AUDITOR_REVISION" {
  default = "unknown"
}

target "auditor" {
  inherits = ["image"]
  target   = "service"
  tags     = ["${REGISTRY}/gospelib-auditor:${TAG}"]
  args     = { NAME = "auditor", PORT = "8400", REVISION = AUDITOR_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-auditor"
    "org.opencontainers.image.description" = "watches the graph"
    "org.opencontainers.image.revision"    = AUDITOR_REVISION
  }
}

variable "READER_REVISION" {
  default = "unknown"
}

target "reader" {
  inherits = ["image"]
  target   = "service"
  tags     = ["${REGISTRY}/gospelib-reader:${TAG}"]
  args     = { NAME = "reader", PORT = "3000", REVISION = READER_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-reader"
    "org.opencontainers.image.description" = "the web page"
    "org.opencontainers.image.revision"    = READER_REVISION
  }
}

variable "GATEWAY_REVISION" {
  default = "unknown"
}

target "gateway" {
  inherits = ["image"]
  target   = "service"
  tags     = ["${REGISTRY}/gospelib-gateway:${TAG}"]
  args     = { NAME = "gateway", PORT = "8080", REVISION = GATEWAY_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-gateway"
    "org.opencontainers.image.description" = "the one way in"
    "org.opencontainers.image.revision"    = GATEWAY_REVISION
  }
}

variable "INGEST_REVISION" {
  default = "unknown"
}

target "ingest" {
  inherits = ["image"]
  target   = "job"
  tags     = ["${REGISTRY}/gospelib-ingest:${TAG}"]
  args     = { NAME = "ingest", REVISION = INGEST_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-ingest"
    "org.opencontainers.image.description" = "reads the sources into the graph, verifies it and switches to it"
    "org.opencontainers.image.revision"    = INGEST_REVISION
  }
}

variable "OPS_REVISION" {
  default = "unknown"
}

target "ops" {
  inherits = ["image"]
  target   = "ops"
  tags     = ["${REGISTRY}/gospelib-ops:${TAG}"]
  args     = { NAME = "ops", REVISION = OPS_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-ops"
    "org.opencontainers.image.description" = "the verbs of gl that run in a cluster"
    "org.opencontainers.image.revision"    = OPS_REVISION
  }
}

variable "FALKORDB_REVISION" {
  default = "unknown"
}

target "falkordb" {
  inherits = ["image"]
  target   = "falkordb"
  tags     = ["${REGISTRY}/gospelib-falkordb:${TAG}"]
  args     = { NAME = "falkordb", PORT = "6379", REVISION = FALKORDB_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-falkordb"
    "org.opencontainers.image.description" = "the graph, which can be derived again"
    "org.opencontainers.image.revision"    = FALKORDB_REVISION
  }
}

variable "FIXTURE_POSTGRESQL_REVISION" {
  default = "unknown"
}

target "fixture-postgresql" {
  inherits = ["image"]
  context    = "infra/docker/fixtures"
  dockerfile = "Dockerfile"
  target   = "postgresql"
  tags     = ["${REGISTRY}/gospelib-fixture-postgresql:${TAG}"]
  args     = { NAME = "fixture-postgresql", PORT = "5432", REVISION = FIXTURE_POSTGRESQL_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-fixture-postgresql"
    "org.opencontainers.image.description" = "PostgreSQL 16, as a managed one"
    "org.opencontainers.image.revision"    = FIXTURE_POSTGRESQL_REVISION
  }
}

variable "FIXTURE_REDIS_REVISION" {
  default = "unknown"
}

target "fixture-redis" {
  inherits = ["image"]
  context    = "infra/docker/fixtures"
  dockerfile = "Dockerfile"
  target   = "redis"
  tags     = ["${REGISTRY}/gospelib-fixture-redis:${TAG}"]
  args     = { NAME = "fixture-redis", PORT = "6379", REVISION = FIXTURE_REDIS_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-fixture-redis"
    "org.opencontainers.image.description" = "Redis 7, as a managed one"
    "org.opencontainers.image.revision"    = FIXTURE_REDIS_REVISION
  }
}

variable "FIXTURE_S3_REVISION" {
  default = "unknown"
}

target "fixture-s3" {
  inherits = ["image"]
  context    = "infra/docker/fixtures"
  dockerfile = "Dockerfile"
  target   = "s3"
  tags     = ["${REGISTRY}/gospelib-fixture-s3:${TAG}"]
  args     = { NAME = "fixture-s3", PORT = "7070", REVISION = FIXTURE_S3_REVISION }
  labels = {
    "org.opencontainers.image.title"       = "gospelib-fixture-s3"
    "org.opencontainers.image.description" = "a store of objects, as S3"
    "org.opencontainers.image.revision"    = FIXTURE_S3_REVISION
  }
}
