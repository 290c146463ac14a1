"""WhatsApp, directly on Meta's Cloud API: webhooks in, messages out."""
