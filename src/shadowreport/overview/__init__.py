"""What people look at to follow a report: matrix, status, sign-offs, links; and the lines by which they sign, decide
about a person or accept a translation."""
