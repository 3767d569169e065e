"""What may be written about plan and projects, one file a matter; two persons where something is held to be true."""
