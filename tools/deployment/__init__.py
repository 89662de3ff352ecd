"""A release on its way to an AWS account and back: code, layers, template and site."""
