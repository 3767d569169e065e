"""From frames to tables: what each layer puts into which table of the database."""
