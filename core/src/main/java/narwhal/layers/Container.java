package narwhal.layers;

/// A layer made of others: it is not listed in a model, what is in it is.
sealed interface Container extends Layer permits Sequential, Graph {}
