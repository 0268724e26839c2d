"""The command line, one module a command group. Its words, JSON and exit codes are a contract others build on."""
