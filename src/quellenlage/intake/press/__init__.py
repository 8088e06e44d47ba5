"""Exports of press databases: many articles in one file, each with a header, told by structure and split.

`splitting.split` finds the articles, `captures.articles_of` makes captures of them.
"""
