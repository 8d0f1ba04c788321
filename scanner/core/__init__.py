"""core – the nouns everyone shares: line, part, evidence, composition, share, and the errors.

Law: standard library only. Nothing here reads, writes, asks the time or knows another room.
"""
