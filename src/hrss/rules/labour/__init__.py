"""Labour relations: severance, wages, leave, arbitration and inspection, wage protection, credit of employers."""
