"""The portal (线上公共服务平台): citizens, employers and agents find, apply, follow and rate, on a phone first.

It decides nothing itself: every write is a service verb, every amount a rule. It refuses to ask for what the state
already knows.
"""
