"""How the language model is made: corpora, tasks, model, training, export."""
