"""What the consortia know: guides, contact points, answers, best practices and their own pages."""
