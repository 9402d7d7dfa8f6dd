"""Who works where and under which rules: lists, standard, network."""
