"""Full-domain case processing (全领域业务经办): one folder a domain, the same names in each; they meet through exchange."""
