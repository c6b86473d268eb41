"""The question and its answer: the query as it was checked, the law it cites, hits, labels and the shape of an answer.

Whoever answers, Elasticsearch or the database, takes a question and gives an answer of this room, which knows neither.
"""
