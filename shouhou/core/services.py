"""The ground's own verbs: what an organisation sets for itself."""
