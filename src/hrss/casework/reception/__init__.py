"""Reception at a service point: queue tickets, and the sitting of one served person at one window.

A sitting begins empty and ends empty: nothing of the person before is left on either screen. It refuses two open
sittings of one clerk and two calls of one ticket.
"""
