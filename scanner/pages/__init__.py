"""pages – the web form, server-rendered, Dutch and English.

Law: only shows what services give; works without script; no outside calls.
"""
