"""RFC 9162 Merkle tree and proofs; signed notes and checkpoints in the C2SP formats."""
