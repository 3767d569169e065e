"""Analytics: the lake of Parquet files, disclosure control and forecasts; it reads what the floors below declare.

Nothing here decides about a person, writes to a business table or shows a page.
"""
