"""Inside `figures`: the frame that all pictures share, and a module for each kind of picture."""
