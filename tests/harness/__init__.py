"""What tests stand on: throw-away databases, a real server, a real browser, and guards."""
