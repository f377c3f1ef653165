"""What `rashomon.reuse` is made of."""
