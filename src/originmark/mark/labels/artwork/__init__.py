"""Artwork: is what a label says complete and true before it is printed?"""
