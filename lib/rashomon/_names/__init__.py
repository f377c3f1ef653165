"""Inside `names`: what is a name, how it is spelled, and whom it means."""
