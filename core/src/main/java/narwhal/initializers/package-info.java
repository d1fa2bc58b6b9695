/// First values of parameters, in Keras' words. Given by a layer, drawn once when a model is built.
@NullMarked
package narwhal.initializers;

import org.jspecify.annotations.NullMarked;
