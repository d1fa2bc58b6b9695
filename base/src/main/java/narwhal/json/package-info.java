/// JSON text in, Jackson trees out, under limits that make hostile text harmless; and trees back to text. Called by
/// everything that reads or writes settings, histories, checkpoints and model files.
@NullMarked
package narwhal.json;

import org.jspecify.annotations.NullMarked;
