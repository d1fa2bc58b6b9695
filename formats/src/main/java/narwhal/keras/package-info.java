/// Models in Keras' files: `.keras`, whole-model `.h5`, weights alone, architecture alone. [KerasFiles] reads and writes them;
/// class and layer names in a file go through closed lists here and never become code. Called by programs and the command line.
///
/// Source: `keras/src/saving` and `keras/src/legacy/saving` of Keras 3; `keras/engine/saving.py` of Keras 2.2.4.
@NullMarked
package narwhal.keras;

import org.jspecify.annotations.NullMarked;
