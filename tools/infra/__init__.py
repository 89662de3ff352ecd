"""The template: joined from `infra/`, read as CloudFormation reads it, and shown to linters and scanners."""
