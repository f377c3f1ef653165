"""Inside `claims`: what may be a claim, how alike two are, and which tell the same."""
