"""Social insurance (社会保险): residents' pension, unemployment benefit, contributions of employees.

It refuses an amount that no rule gives, and money to anybody three people have not agreed to.
"""
