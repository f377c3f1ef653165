"""Inside the report's pages: markup that cannot run, articles, notebooks."""
