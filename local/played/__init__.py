"""Who is played: people in every role, the providers of messengers, partners, and all mailboxes."""
