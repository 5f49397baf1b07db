"""The sub-commands of `giaoban`, one file each."""
