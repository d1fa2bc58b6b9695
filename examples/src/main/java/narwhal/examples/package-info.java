/// Programs that use Narwhal, whole and small. They read pictures and print what they learn; people start from them, tests
/// run them.
@NullMarked
package narwhal.examples;

import org.jspecify.annotations.NullMarked;
