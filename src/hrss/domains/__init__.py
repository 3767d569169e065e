"""Full-domain case processing (全领域业务经办): one folder a domain, all with the same names inside."""
