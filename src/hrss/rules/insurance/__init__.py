"""Social insurance: contributions, accounts, pensions, unemployment, injury, transfer; one file a benefit."""
