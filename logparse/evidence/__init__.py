"""Was each window really and wholly collected? Asked before any criterion.

proof.py                the time that manifests prove, and what is wrong with them
findings.py             what evidence is made from, and one thing that it finds missing
file_findings.py        what the files lack: logs, readable lines, dates, times, one format for one time
zone_findings.py        times that name no zone, where none was set
record_findings.py      what the records lack: known levels, the judged environment, handled requests, one unit of time
witness_findings.py     what the provider's list of deliveries lacks, and where its numbers are others than the logs'
soaked.py               which deployment was soaked, by the records and by the word of hour 0
deployment_findings.py  which deployments were seen, and whether they are the one that was to be soaked
word_findings.py        whether the bot's words are known
examine.py              was each window really and wholly collected?
earlier.py              what was collected, cut at an earlier checkpoint
"""
