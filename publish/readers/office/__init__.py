"""Steps that the readers of word processor files share."""
