"""What people look at to follow a report: matrix, status, sign-offs, links."""
