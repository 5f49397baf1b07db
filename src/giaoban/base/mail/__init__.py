"""Mail as a channel: a letter is a job, sent after commit and tried again."""
