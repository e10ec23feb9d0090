"""From numbers and evidence to judgements: the criteria, and what is told beside them.

facts.py             what criteria are judged from
stretches.py         silence and answering, the two criteria that look at time
rates.py             the criteria on rates and on the response time
response_quality.py  the criterion that people judge: what they rated, what is missing, what the machine found
quality_flags.py     the red flags of ratings and findings
criteria.py          the criteria, one small function each, in one ordered list
red_flags.py         the flags of a soak, from the tally and the facts
waivers.py           the file of waivers, read and checked before any log is
margins.py           how far each criterion is from its limit, in whole failures
prospect.py          what would change a verdict, in sentences
"""
