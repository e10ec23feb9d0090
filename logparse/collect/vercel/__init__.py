"""The request logs of a project on Vercel, from its API or its command line tool."""
