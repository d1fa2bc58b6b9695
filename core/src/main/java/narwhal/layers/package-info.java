/// The layers of a network, in Keras' words. A layer is an immutable description; building it for an input shape creates
/// its parameters and gives back the function that runs it. Called by models; a layer of your own needs only [Layer]'s two
/// methods.
@NullMarked
package narwhal.layers;

import org.jspecify.annotations.NullMarked;
