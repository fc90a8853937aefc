"""What whoever runs a server does from the command line: doctor, backup, restore, move, people, verify, worker."""
