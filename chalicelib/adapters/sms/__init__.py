"""SMS by AWS End User Messaging: what is sent, and what it tells later."""
