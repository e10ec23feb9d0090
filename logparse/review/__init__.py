"""The review: people rate a sample of conversations, on a page of their own machine or in the terminal.

From conversations to ratings in the document:

    sample          which conversations are shown, the suspicious ones first; the same for everybody
    card            one conversation as it is shown: masked, with what the machine noticed, and a link
    sitting         the sample beside the document: what is rated, and a rating written down at once
    opening         a sitting from the command line, the settings and the transcripts
    guard, web      the page: who may ask for it, and what it answers
    serving         the page's server, from the first request to the last
    terminal        the same without a page
"""
