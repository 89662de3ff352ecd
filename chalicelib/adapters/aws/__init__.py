"""A small client for the services of AWS that functions call (decisions 0071 and 0087): cheap to load and cheap to
call. Errors are botocore's own, so that one reading of them serves both."""
