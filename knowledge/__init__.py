"""Knowledge of the consortia: guides, contact points, answers, best practices and their own pages."""
