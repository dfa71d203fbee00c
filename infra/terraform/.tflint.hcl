# Rules of the language alone, which tflint brings: those of the provider are checkov's and our own (packages/cloud/src/rules).
plugin "terraform" {
  enabled = true
  preset  = "all"
}
