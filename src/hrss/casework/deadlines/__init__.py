"""Deadlines: the clocks of a case. Counting is the calendar's; here is what starts, stops, moves and ends them."""
