"""The request logs of a project on Vercel, from its API or by its command line tool."""
