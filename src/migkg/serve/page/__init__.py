"""The page of the service: static files, the words of three languages, and the policy that keeps all of it at home."""
