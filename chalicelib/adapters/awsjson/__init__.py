"""A small client for the services of AWS that speak JSON over one POST address (decision 0062): what a function does in
every call stays cheap to load and cheap to make. Errors are botocore's own, so that one reading of them serves both."""
