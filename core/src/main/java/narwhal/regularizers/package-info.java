/// What keeps weights small, in Keras' words. Given by a layer for one of its weights; the model adds the penalties to the
/// loss.
@NullMarked
package narwhal.regularizers;

import org.jspecify.annotations.NullMarked;
