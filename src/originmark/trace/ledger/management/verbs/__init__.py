"""What ``originmark ledger`` can be told to do: a module each."""
