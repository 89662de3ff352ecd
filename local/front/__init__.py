"""The one port: what CloudFront, WAF and API Gateway do in the cloud, and the launcher's own routes and pages."""
