"""Articles analysed without an archive, in files that are loaded later (`shard`, `load`).

A shard is a Parquet file with captures, their packed documents and the fingerprints of these. Its name is a hash of the
captures in it and of the pipeline, so that what was done is found again and never done twice; whoever analyses needs
no database, and whoever has the database need not analyse.
"""

from quellenlage.execution.shards.folder import Folder
from quellenlage.execution.shards.loading import LoadReport, load
from quellenlage.execution.shards.making import ShardReport, Work, shard
from quellenlage.execution.shards.manifest import Entry, Manifest

__all__ = ["Entry", "Folder", "LoadReport", "Manifest", "ShardReport", "Work", "load", "shard"]
