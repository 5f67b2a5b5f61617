"""
The commands of the command line, and `main`, which runs them.

Each command is a module with two functions: ``add`` adds its arguments to the parser, and ``run`` returns what it
prints. No command imports another.
"""
