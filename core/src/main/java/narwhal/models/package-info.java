/// A network that has been built: parameters with values, ready to predict and to be trained. Called by trainers, by
/// prediction and by file formats.
@NullMarked
package narwhal.models;

import org.jspecify.annotations.NullMarked;
