"""General rules: deadlines over the work calendar, statutory limits, occupations, ratings, plan attainment, cards."""
