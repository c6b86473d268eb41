"""What a text does, read out of its words: when it takes effect, what it amends, repeals, consolidates and rests on."""
