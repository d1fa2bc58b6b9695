/// The commands. Words of a shell come in, training, files and lines of text go out; called by the `narwhal` script.
@NullMarked
package narwhal.cli;

import org.jspecify.annotations.NullMarked;
